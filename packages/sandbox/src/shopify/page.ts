import type { CustomerPrivacyPayload, StandardEvent } from '@shopify/web-pixels-extension'
import type { Privacy, RealmStart, StorageArea, ToPage, ToRealm } from './wire.ts'

/** Shopify's side of a page: publishes events to its pixels, and does for them what they may ask of the page. */
export interface ShopifyPage {
  /** Resolves when the pixel runs. */
  open(start: RealmStart, realmScript: string): Promise<void>
  publish(event: StandardEvent): void
  /** The visitor answers the banner. */
  decide(privacy: Privacy): void
  /** What pixels have asked the page for: `localStorage.getItem ajs_user_id`. */
  readonly calls: string[]
  /** What pixels have used that is not documented. */
  readonly undocumented: string[]
  readonly errors: string[]
}

declare global {
  interface Window {
    shopifyPage: ShopifyPage
  }
}

const ports: MessagePort[] = []
const calls: string[] = []
const undocumented: string[] = []
const errors: string[] = []

const perform = (area: StorageArea, method: string, args: string[]): unknown => {
  const [name = '', value] = args
  if (area !== 'cookie') {
    const storage = window[area]
    if (method === 'length') return storage.length
    return (storage[method as 'setItem'] as (...given: string[]) => unknown)(...args)
  }
  if (method === 'set') {
    // biome-ignore lint/suspicious/noDocumentCookie: this is the page's part of Shopify's API.
    document.cookie = value === undefined ? name : `${name}=${value}`
    return document.cookie
  }
  const cookies = document.cookie.split('; ')
  return name
    ? (cookies.find(cookie => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? '')
    : document.cookie
}

const answer = (port: MessagePort, { call, area, method, args }: Extract<ToPage, { kind: 'call' }>) => {
  calls.push(`${area}.${method} ${args[0] ?? ''}`.trim())
  try {
    port.postMessage({
      kind: 'answer',
      call,
      value: perform(area, method, args as string[]),
    } satisfies ToRealm)
  } catch (error) {
    port.postMessage({ kind: 'refusal', call, reason: String(error) } satisfies ToRealm)
  }
}

/** Without an origin of its own, as Shopify's are: no storage, no cookies, no way to the page. */
const realmDocument = (runtime: RealmStart['runtime'], realmScript: string): string => {
  const script = runtime === 'lax' ? realmScript : workerOf(realmScript)
  return `<!doctype html><script>${script.replaceAll('</', '<\\/')}</script>`
}

const workerOf = (realmScript: string): string =>
  `const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(realmScript)}])))
  addEventListener('message', ({ ports }) => worker.postMessage(null, ports))`

window.shopifyPage = {
  calls,
  undocumented,
  errors,
  open: (start, realmScript) =>
    new Promise(resolve => {
      const { port1: port, port2 } = new MessageChannel()
      ports.push(port)
      port.onmessage = ({ data }: MessageEvent<ToPage>) => {
        if (data.kind === 'call') answer(port, data)
        if (data.kind === 'undocumented') undocumented.push(data.name)
        if (data.kind === 'error') errors.push(data.message)
        if (data.kind === 'running') resolve()
      }
      const frame = document.createElement('iframe')
      frame.setAttribute('sandbox', 'allow-scripts allow-forms')
      frame.hidden = true
      frame.srcdoc = realmDocument(start.runtime, realmScript)
      frame.onload = () => {
        frame.contentWindow?.postMessage(null, '*', [port2])
        port.postMessage({ kind: 'start', start } satisfies ToRealm)
      }
      document.documentElement.append(frame)
    }),
  publish: event => {
    for (const port of ports) port.postMessage({ kind: 'event', event } satisfies ToRealm)
  },
  decide: customerPrivacy => {
    const payload: CustomerPrivacyPayload = { customerPrivacy }
    for (const port of ports) port.postMessage({ kind: 'consent', payload } satisfies ToRealm)
  },
}
