import type { Examine, ExaminedCustomerIo } from '../doctor/examined.ts'
import type { Page } from '../globals.ts'
import { readGist } from './gist-storage.ts'

/** The JavaScript SDK as far as it tells whether its in-app plugin is at work, or Gist. */
interface InAppSdk {
  inbox?: unknown
  queue?: unknown
  initialized?: boolean
}
type Given = InAppSdk & { instance?: InAppSdk; analytics?: Given; gist?: Given }

const KEY = 'data-global-customerio-analytics-key'

/** Where scripts come from, in either region; in-app messages have the same addresses in both. */
const SCRIPTS = /^https:\/\/(?:cdp(-eu)?\.customer\.io\/|assets\.customer\.io\/assets\/track(-eu)?\.js)/
/** Where settings come from and calls go to. Not the SDK's other files and its own statistics, which may be anywhere. */
const CALLS =
  /^https:\/\/(?:cdp(-eu)?\.customer\.io\/v1\/(?:projects\/|[abgipst]$)|track(-eu)?\.customer\.io\/)/

/** The regions of those addresses that have one. */
const regionsOf = (addresses: readonly string[], pattern: RegExp): string[] =>
  addresses.flatMap(address => {
    const [isOwn, one, other] = pattern.exec(address) ?? []
    return isOwn ? (one || other ? 'eu' : 'us') : []
  })

/**
 * What a page shows of Customer.io. The script tag names the global. Regions are told apart by where the script and the
 * settings come from and where the SDK sends to (`cdp` and `cdp-eu.customer.io`, `track.js` and `track-eu.js`): a page
 * uses one of them. Hosts of the store's own say nothing.
 */
const look: Examine<ExaminedCustomerIo> = (page, given, state) => {
  const tags = [...page.document.querySelectorAll<HTMLScriptElement>(`script[${KEY}],#cio-tracker`)]
  const name = tags[0]?.getAttribute(KEY)
  const hosts = tags.map(({ src }) => src.split('/')[2])
  const addresses = page.performance.getEntriesByType('resource').map(({ name }) => name)
  const [region, ...others] = [
    ...regionsOf(
      tags.map(({ src }) => src),
      SCRIPTS,
    ),
    ...regionsOf(addresses, CALLS),
  ]
  const other = others.find(other => other !== region)
  const { analytics, gist } = (given ?? {}) as Given
  const inApp = [given, analytics, gist, page.cioanalytics, page.Gist].some(sdk => {
    const loaded = ((sdk as Given)?.instance ?? sdk) as InAppSdk | undefined
    // An `AnalyticsBrowser` has an `inbox` before there is one.
    return loaded?.queue ? loaded.inbox : loaded?.initialized
  })
  return {
    // One that was given is at work under any name.
    namespace: state !== 'ready' && !!name && name !== 'cioanalytics' && ['cioanalytics', name],
    region: !!other && [region as string, other],
    twice: !!tags[1] && ['1', String(tags.length)],
    isOwn: address => {
      const [, , host] = address.split('/')
      return !!host && (hosts.includes(host) || /(^|\.)(customer\.io|gist\.build)$/.test(host))
    },
    inApp,
    token: state !== 'off' && inApp ? readToken(page) : undefined,
  }
}

/** The user token of in-app messages; `null` when there is none, or that of a guest. */
const readToken = ({ localStorage }: Page): string | null => {
  const read = (name: string) => readGist(localStorage, name) as string | null
  return read('usingGuestUserToken') ? null : read('userToken')
}

export const examine: Examine<ExaminedCustomerIo> = (...what) => {
  try {
    return look(...what)
  } catch {
    // Something of the page's own is in the way, or storage is denied, without which there are no in-app messages.
  }
}
