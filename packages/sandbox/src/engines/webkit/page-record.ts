/**
 * Where pages send what their console and their errors say, besides giving it with their answers: a page that is left
 * answers nobody, and a page's policy or a busy browser may keep what it sends.
 */
export const RECORD_PATH = '/.page-record'

export interface PageRecord {
  /** Which document says it, and what it said before. */
  id: string
  number: number
  kind: 'pageerror' | 'error' | 'warning' | 'info' | 'log' | 'debug'
  /** Of an error. */
  name?: string
  text: string
}

/** Runs in each document before everything else in it. Functions are taken before the page may replace them. */
export const recordInPage = (key: string, path: string) => {
  const symbol = Symbol.for(key)
  const own = { setTimeout: setTimeout.bind(window), stringify: JSON.stringify, String }
  const kept = {
    id: Math.random().toString(36).slice(2),
    said: 0,
    records: [] as PageRecord[],
    own,
    evaluations: new Map(),
  }
  let page = kept
  try {
    // What a frame says is said by the page.
    if (top && top !== window) page = Reflect.get(top, symbol) ?? kept
  } catch {}
  const { id } = page
  kept.id = id
  Object.defineProperty(window, symbol, { value: kept })
  const send = navigator.sendBeacon.bind(navigator)
  const record = (kind: PageRecord['kind'], text: string, name?: string) => {
    const said: PageRecord = { id, number: page.said++, kind, text, name }
    page.records.push(said)
    try {
      send(path, own.stringify(said))
    } catch {}
  }
  const textOf = (value: unknown): string => {
    if (typeof value !== 'object' || value === null || value instanceof Error) return own.String(value)
    try {
      return own.stringify(value)
    } catch {
      return 'Object'
    }
  }
  for (const method of ['error', 'warn', 'info', 'log', 'debug'] as const) {
    const say = console[method]
    console[method] = (...said: unknown[]) => {
      say.apply(console, said)
      record(method === 'warn' ? 'warning' : method, said.map(textOf).join(' '))
    }
  }
  const fail = (error: unknown) =>
    error instanceof Error
      ? record('pageerror', error.message, error.name)
      : record('pageerror', textOf(error))
  addEventListener('error', event => {
    if (event.target === window) fail(event.error ?? event.message)
  })
  addEventListener('unhandledrejection', event => fail(event.reason))
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
    record('error', `Refused by the content security policy: ${blockedURI} (${effectiveDirective})`),
  )
  document.currentScript?.remove()
}
