import type { Stub } from './takeover.ts'

/**
 * `FS` as snippet 2.1 leaves it on a page (source of `@fullstory/snippet` 2.1.0): what it is called with waits until
 * the script takes over, and the methods of V1 are calls of V2 operations.
 */
export function createStub(): Stub {
  const hand = (...entry: unknown[]): unknown => {
    if (stub._api) return stub._api(...entry)
    stub.q?.push(entry)
    return null
  }
  const call = (
    operation: unknown,
    options?: unknown,
    source?: unknown,
    apiVersion: unknown = 2,
  ): unknown => {
    const name = String(operation)
    if (!name.endsWith('Async')) return hand(operation, options, source, undefined, undefined, apiVersion)
    const settled = (resolve: unknown, reject: unknown) =>
      hand(name.slice(0, -'Async'.length), options, source, resolve, reject, apiVersion)
    return new Promise(settled)
  }
  const callV1 = (operation: string, options?: unknown, source?: unknown): void => {
    call(operation, options, source, 1)
  }
  const setVars = (type: unknown, properties: unknown, source?: unknown) =>
    callV1('setProperties', { type, properties }, source)
  const identify = (uid: unknown, vars?: unknown, source?: unknown) => {
    setVars('user', { uid }, source)
    if (vars) setVars('user', vars, source)
  }
  const stub: Stub = Object.assign(call, {
    q: [],
    _v: '2.1.0',
    identify,
    setVars,
    setUserVars: (vars: unknown, source?: unknown) => setVars('user', vars, source),
    identifyAccount: () => {},
    clearUserCookie: () => {},
    event: (name: unknown, properties?: unknown, source?: unknown) =>
      callV1('trackEvent', { name, properties }, source),
    anonymize: () => identify(false),
    shutdown: () => callV1('shutdown'),
    restart: () => callV1('restart'),
    log: (level: unknown, msg?: unknown) => callV1('log', { level, msg }),
    consent: (...given: unknown[]) => callV1('setIdentity', { consent: given.length === 0 || given[0] }),
  })
  return stub
}
