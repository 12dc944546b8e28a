import type { Attach } from '../delivery/on-demand.ts'
import type { Properties, Step, Vendor } from '../delivery/vendor.ts'
import type { Page } from '../globals.ts'

/** What the bridge uses of the classic snippet's `_cio`. */
export interface ClassicApi {
  identify(person: { id: string }): unknown
  track(name: string, data?: Properties): unknown
  page?(name: string, data?: Properties): unknown
  /** Missing before its script has loaded. */
  reset?(): unknown
}

/** The page; given, so that this file shares no code, which all pages would have to load. */
export type ClassicPage = Pick<Window, 'document' | 'sessionStorage'>

/** In this tab's `sessionStorage`: of whoever was identified last, check sums of the traits that were sent, by name. */
const SENT = 'retention_bridge_cio'

const attempt = <Result>(act: () => Result): Result | undefined => {
  try {
    return act()
  } catch {}
}

/**
 * Customer.io's classic snippet, once its script has loaded. Who it is stands in its cookies `_cioid` and
 * `_cioanonid` (https://docs.customer.io/accounts-and-workspaces/user-privacy), which all tabs share: what another
 * tab has said needs nothing here.
 *
 * The vendor asks to identify on change only, and `_cio` keeps no traits to compare with. The same person is told
 * again only when a trait is not known to have been sent from this tab, on this page or an earlier one.
 *
 * Its `identify` needs an `id`, which may be an e-mail address
 * (https://docs.customer.io/integrations/data-in/connections/javascript/legacy-js/identify.md): a guest is identified
 * by theirs, and the person who has that address gets the id later. An address in the cookie is answered as the id
 * (`read().id`) only when this page gave it as one; else it is not known which it is, and `undefined` is answered.
 */
export const classic = (sdk: ClassicApi, page: ClassicPage): Vendor => {
  let sent: Record<string, number> = attempt(() => JSON.parse(page.sessionStorage[SENT])) ?? {}
  let announced: string | null | undefined

  const cookie = (name: string): string | null => {
    const value = `; ${page.document.cookie}`.split(`; ${name}=`)[1]?.split(';')[0]
    return (value && (attempt(() => decodeURIComponent(value)) ?? value)) || null
  }
  const current = () => cookie('_cioid')

  return {
    api: 'classic',
    read: () => {
      const id = current()
      return { id: id !== announced && id?.includes('@') ? undefined : id, anonymousId: cookie('_cioanonid') }
    },
    identify: ({ id, properties, cut, told, owed }: Step) => {
      announced = id
      if (told) return
      const key = id ?? String(properties.email)
      const before = current()
      const known = before === key ? { ...sent } : {}
      let news = owed || before !== key
      for (const name in properties) {
        let sum = 0
        for (const unit of key + JSON.stringify(properties[name])) sum = (sum * 31 + unit.charCodeAt(0)) | 0
        news ||= known[name] !== sum
        known[name] = sum
      }
      if (!news) return
      // Without a reset the anonymous id of somebody else would be this person's, too. A guest was no other.
      if (before !== key && (cut || (before && before !== properties.email))) sdk.reset?.()
      sent = known
      attempt(() => page.sessionStorage.setItem(SENT, JSON.stringify(known)))
      return sdk.identify({ ...properties, id: key })
    },
    reset: ({ told }: Step) => {
      if (!told && current()) sdk.reset?.()
    },
    // Flags are FullStory's; Customer.io knows them first.
    update: () => {},
    track: ({ name, properties }: Step) => sdk.track(name as string, properties),
    // In-app messages go by the name, else by the address.
    page: ({ name, properties }: Step) => sdk.page?.(name ?? page.document.location.href, properties),
  }
}

/** Milliseconds between two looks for the loaded script, and how many: it tells nobody. */
const PAUSE = 50
const LOOKS = 1200

const script = (page: Page) => page.document.querySelector<HTMLScriptElement>('#cio-tracker')

/** Waits for the classic snippet's script, which has come when `reset` is there. `given` may be its stub. */
export const attach: Attach = (given, turn, _changed, page) => {
  const look = (left: number) => {
    // The script puts another object in the place of the stub.
    const sdk = (page._cio ?? given) as ClassicApi
    if (sdk.reset) turn('ready', '', classic(sdk, page))
    else if (left) setTimeout(look, PAUSE, left - 1)
    else script(page)?.addEventListener('load', () => look(0))
  }
  look(LOOKS)
}

/** An answered request and still no SDK: refused by a blocker or the server. */
export const late = (page: Page) =>
  page.performance.getEntriesByName(script(page)?.src ?? '')[0] ? 'blocked' : 'hung'
