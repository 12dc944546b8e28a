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

/** Addresses of either region; in-app messages have the same ones in both. */
const HOSTS = /^https:\/\/(?:(?:cdp|track)(-eu)?\.customer\.io|assets\.customer\.io\/assets\/track(-eu)?\.js)/

/**
 * What a page shows of Customer.io. The script tag names the global. Regions are told apart by where scripts and
 * settings come from and where the SDK sends to (`cdp` and `cdp-eu.customer.io`, `track.js` and `track-eu.js`): a page
 * uses one of them. Hosts of the store's own say nothing.
 */
const look: Examine<ExaminedCustomerIo> = (page, given, state) => {
  const tags = [...page.document.querySelectorAll<HTMLScriptElement>(`script[${KEY}],#cio-tracker`)]
  const name = tags[0]?.getAttribute(KEY)
  const hosts = tags.map(({ src }) => src.split('/')[2])
  const [region, ...others] = [
    ...tags.map(({ src }) => src),
    ...page.performance.getEntriesByType('resource').map(({ name }) => name),
  ].flatMap(address => {
    const found = HOSTS.exec(address)
    return found ? (found[1] || found[2] ? 'eu' : 'us') : []
  })
  const other = others.find(other => other !== region)
  const { analytics, gist } = (given ?? {}) as Given
  const inApp = [given, analytics, gist, page.cioanalytics, page.Gist].some(sdk => {
    const loaded = ((sdk as Given)?.instance ?? sdk) as InAppSdk | undefined
    // An `AnalyticsBrowser` has an `inbox` before there is one.
    return loaded?.queue ? loaded.inbox : loaded?.initialized
  })
  return {
    namespace: !!name && name !== 'cioanalytics' && ['cioanalytics', name],
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
