import { watchActivity } from './activity.ts'
import { type Call, toCall } from './call.ts'
import { Capture, SHUTDOWN_REASON } from './capture.ts'
import { CookieJar } from './cookie-jar.ts'
import { applyInit, type Environment, sessionUrlPrefix } from './environment.ts'
import { Observers } from './observers.ts'
import { createOperations } from './operations.ts'
import { postLoadMethods } from './post-load-api.ts'
import { randomId } from './random-id.ts'
import { Recorder } from './recorder.ts'
import { sessionDetails } from './session-details.ts'
import { Transport } from './transport.ts'
import { translateV1 } from './v1-calls.ts'
import { IDLE_LIMIT_MS, userSnapshot, Visitor } from './visitor.ts'

/** What the snippet left on the page. */
export interface Stub {
  (...args: unknown[]): unknown
  q?: unknown[][]
  _api?: (...args: unknown[]) => unknown
  _w?: { fetch?: typeof fetch }
  _v?: string
}

/** Makes the stub work: everything it queued is executed, everything it is called with from now on, too. */
export function takeOver(stub: Stub, environment: Environment): void {
  const snippetVersion = String(stub._v)
  const isV1Only = snippetVersion.startsWith('1.')
  const readEntry = (entry: unknown[]) => toCall(isV1Only ? translateV1(entry) : entry)
  const queue = (stub.q ?? []).map(readEntry)
  // First of all, wherever it stands in the queue: it decides whether the rest may run.
  for (const call of queue) if (call.op === 'init') applyInit(environment, call.args)

  const { execute, capture } = assemble(environment, snippetVersion, stub)
  const executeSafely = (call: Call) => {
    try {
      return execute(call)
    } catch {
      // No malformed call may throw into the page.
      return undefined
    }
  }
  stub._api = (...entry) => executeSafely(readEntry(entry))
  delete stub.q
  Object.assign(stub, postLoadMethods(executeSafely))

  if (environment.captureOnStartup) {
    capture.holdAll(queue)
    capture.start()
  } else {
    for (const call of queue) executeSafely(call)
  }
}

function assemble(environment: Environment, snippetVersion: string, stub: Stub) {
  const urlPrefix = sessionUrlPrefix(environment)
  const transport = new Transport({
    url: `${environment.origin}/rec/${environment.orgId}/bundle`,
    stream: randomId(),
    sessionUrlPrefix: urlPrefix,
    fetch: (stub._w?.fetch ?? fetch).bind(window),
    onRefused: () => capture.fail(),
  })
  const visitor = new Visitor(environment.orgId, new CookieJar(environment.cookieDomain))
  const observers = new Observers()
  const recorder = new Recorder(visitor, transport, {
    isInnerFrame: environment.isInnerFrame,
    onUserChange: () => observers.emit('internal/user', { user: userSnapshot(visitor) }),
  })
  const capture: Capture = new Capture({
    visitor,
    recorder,
    observers,
    startDetails: () => ({
      sessionUrl: sessionDetails(visitor, environment.orgId, urlPrefix, undefined),
      settings: Object.freeze({}),
    }),
    execute: call => execute(call),
  })
  const execute = createOperations({ environment, snippetVersion, visitor, recorder, observers, capture })
  watchDocument(visitor, capture, transport)
  return { execute, capture }
}

function watchDocument(visitor: Visitor, capture: Capture, transport: Transport): void {
  let touchedAt = 0
  watchActivity({
    idleMs: IDLE_LIMIT_MS,
    onIdle: () => capture.shutdown(SHUTDOWN_REASON.hibernation),
    onActive: () => {
      const now = Date.now()
      capture.wake()
      if (!capture.isRunning) return
      if (visitor.isOld(now)) {
        // The vendor names no reason for a session that is 24 hours old; "size" is its nearest.
        capture.shutdown(SHUTDOWN_REASON.size)
        capture.start()
      } else if (now - touchedAt > 1_000) {
        touchedAt = now
        visitor.touch(now)
      }
    },
  })
  window.addEventListener('pagehide', () => {
    capture.announceUnload()
    transport.beginUnload()
  })
  window.addEventListener('pageshow', event => {
    if (!event.persisted) return
    transport.endUnload()
    capture.resume()
  })
}
