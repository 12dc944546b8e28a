import type { CustomerPrivacyPayload, StandardEvent } from '@shopify/web-pixels-extension'
import { documentedGlobals, onlyItsOwn } from './documented.ts'
import type { RealmStart, StorageArea, ToPage, ToRealm } from './wire.ts'

/** Runs one pixel with the documented API and nothing else; everything beyond this realm goes through `port`. */
function openRealm(port: MessagePort): void {
  const tell = (message: ToPage) => port.postMessage(message)
  const report = (name: string) => {
    tell({ kind: 'undocumented', name })
    return undefined
  }
  const subscribers: { name: string; callback: (event: StandardEvent) => void }[] = []
  const consentCallbacks: ((payload: CustomerPrivacyPayload) => void)[] = []
  const calls: { resolve(value: unknown): void; reject(error: Error): void }[] = []

  /** Acts on the page, some time later. */
  const inPage = (area: StorageArea, methods: string[]) =>
    onlyItsOwn(
      `browser.${area}`,
      Object.fromEntries(
        methods.map(method => [
          method,
          (...args: unknown[]) =>
            new Promise((resolve, reject) => {
              tell({ kind: 'call', call: calls.push({ resolve, reject }) - 1, area, method, args })
            }),
        ]),
      ),
      report,
    )

  const storage = ['getItem', 'setItem', 'removeItem', 'clear', 'key', 'length']
  const apiOf = ({ init, settings, runtime }: RealmStart) => {
    const shared = {
      analytics: onlyItsOwn(
        'analytics',
        {
          subscribe: (name: string, callback: (event: StandardEvent) => void) => {
            const subscriber = { name, callback }
            subscribers.push(subscriber)
            return () => subscribers.splice(subscribers.indexOf(subscriber), 1).length > 0
          },
        },
        report,
      ),
      // `sendBeacon`, which is there too, is deprecated.
      browser: onlyItsOwn(
        'browser',
        {
          cookie: inPage('cookie', ['get', 'set']),
          localStorage: inPage('localStorage', storage),
          sessionStorage: inPage('sessionStorage', storage),
        },
        report,
      ),
      init: onlyItsOwn('init', init, report),
      customerPrivacy: onlyItsOwn(
        'customerPrivacy',
        {
          subscribe: (name: string, callback: (payload: CustomerPrivacyPayload) => void) =>
            name === 'visitorConsentCollected' ? consentCallbacks.push(callback) : report(`consent ${name}`),
        },
        report,
      ),
    }
    return onlyItsOwn('api', runtime === 'strict' ? { ...shared, settings } : shared, report)
  }

  const run = (start: RealmStart) => {
    const api = apiOf(start)
    const given =
      start.runtime === 'strict'
        ? { shopify: onlyItsOwn('shopify', { extend: extendWith(api) }, report) }
        : { analytics: api.analytics, browser: api.browser, init: api.init, api }
    // Every free name of the pixel is looked up here.
    const scope = new Proxy<Record<string, unknown>>(
      { ...documentedGlobals(), ...given },
      {
        has: () => true,
        get: (names, name) => {
          if (typeof name === 'symbol') return undefined
          return Object.hasOwn(names, name) ? names[name] : report(name)
        },
        set: (_names, name) => {
          report(`${String(name)} = …`)
          return true
        },
      },
    )
    new Function('scope', `with (scope) {\n${start.pixel}\n}`)(scope)
  }

  const extendWith = (api: unknown) => (point: string, register: (api: unknown) => void) =>
    point === 'WebPixel::Render' ? register(api) : report(`extension point ${point}`)

  const receive: { [Kind in ToRealm['kind']]: (message: Extract<ToRealm, { kind: Kind }>) => void } = {
    start: ({ start }) => {
      run(start)
      tell({ kind: 'running' })
    },
    event: ({ event }) => {
      for (const { name, callback } of subscribers) if (name === event.name) callback(event)
    },
    consent: ({ payload }) => {
      for (const callback of consentCallbacks) callback(payload)
    },
    answer: ({ call, value }) => calls[call]?.resolve(value),
    refusal: ({ call, reason }) => calls[call]?.reject(new Error(reason)),
  }

  addEventListener('error', ({ message }) => tell({ kind: 'error', message }))
  addEventListener('unhandledrejection', ({ reason }) => tell({ kind: 'error', message: String(reason) }))
  port.onmessage = ({ data }: MessageEvent<ToRealm>) => receive[data.kind](data as never)
}

addEventListener('message', ({ ports }) => {
  if (ports[0]) openRealm(ports[0])
})
