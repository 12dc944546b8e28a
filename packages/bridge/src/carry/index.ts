import { adoptAnonymousId } from '../customerio/anonymous-id.ts'
import type { FlagPlan } from '../flags/plan.ts'
import { browserStorage, pageAddress, replaceAddress } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import type { Status } from '../status.ts'

/** How {@link readCarry} ended. */
export interface CarryResult {
  /**
   * - `carried`: this site goes on with the visitor of the other
   * - `none`: the address carries nothing
   * - `refused`: it does, and nothing of it was used; see `reason`
   */
  outcome: 'carried' | 'none' | 'refused'
  /**
   * `refused` only:
   * - `consent`: there is none (yet), or a support agent acts; the address was left alone
   * - `malformed`: not made by {@link carryLink}, or this browser denies the storage that makes a link work once only
   * - `expired`
   * - `used`: this browser has taken it over before
   * - `known`: this site knows the visitor already
   * - `id`: the bridge refuses the id
   */
  reason?: 'consent' | 'malformed' | 'expired' | 'used' | 'known' | 'id'
  /** `carried` only: the shared ID, or `''` where the visitor had none. */
  id?: string
}

/** The parameter, and the key in this browser's storage for the last links that were used. */
const KEY = 'rb_carry'
const LIFETIME = 120_000
/** The longest that a link is believed, in milliseconds: it is an identity that others can see. */
const LONGEST = 600_000
// Version, end of life, once-only number, anonymous id, shared ID.
const FORM = /^1\.(\d+)\.(\w+)\.([\w-]*)\.(.*)/

const maySpeak = ({ consent, identity }: Status) => consent === 'granted' && identity.state !== 'impersonated'

/**
 * An address of the store's other site that takes the visitor along: for a link or redirect that is followed at once,
 * so make it when it is clicked. Its parameter `rb_carry` holds the shared ID and Customer.io's anonymous id.
 *
 * What it cannot do: FullStory's session ends where the site ends, since its cookie is one of the registrable domain;
 * the other site starts a new session, which has the same person when an ID is carried. Nothing proves that somebody
 * is logged in: whoever has or makes up a link is that ID for Customer.io and FullStory on the other site, as with
 * any ID in a browser, so never let it open an account. Flags, traits and a guest's address stay behind; where
 * `identity` makes addresses the IDs, they are in the link. Subdomains of one domain share the vendors' cookies and
 * need no carrying of those.
 *
 * @param url absolute, or relative to the page
 * @param options `lifetime` in milliseconds, by custom 120,000 and at most 600,000
 * @returns the address with the parameter; unchanged where it is no address, without consent, while a support agent
 * acts as the customer, and when nothing is known of the visitor
 */
export const carryLink = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  url: string | URL,
  options?: { lifetime?: number },
): string => {
  try {
    const status = bridge.status()
    const { id } = status.identity
    const { anonymousId } = status.vendors.customerio
    const address = new URL(url, pageAddress())
    const end = Date.now() + Math.min(options?.lifetime ?? LIFETIME, LONGEST)
    if (maySpeak(status) && (id || anonymousId)) {
      const once = Math.random().toString(36).slice(2)
      address.searchParams.set(KEY, [1, end, once, anonymousId, id].join('.'))
      return address.href
    }
  } catch {}
  try {
    return String(url)
  } catch {
    // No address, and nothing that can be one.
    return ''
  }
}

/**
 * On the other site: takes over what {@link carryLink} put into the address, and removes it from the address bar. A
 * link works once in a browser, until it expires, and only for a visitor whom this site does not know: a person who
 * is known stays who they are. Call it right after `createBridge`, and before the page says anything to Customer.io
 * itself, which would belong to the anonymous id given up here. Customer.io's SDK has to keep its id in `localStorage`,
 * as it does by itself. For a visitor who had an ID it is `bridge.identify`.
 *
 * @returns what became of it. Never throws.
 */
export const readCarry = <Plan extends FlagPlan>(bridge: Bridge<Plan>): CarryResult => {
  let reason: CarryResult['reason'] = 'consent'
  try {
    const address = new URL(pageAddress())
    const carried = address.searchParams.get(KEY)
    const status = bridge.status()
    if (!carried) return { outcome: 'none' }
    if (maySpeak(status)) {
      reason = 'malformed'
      address.searchParams.delete(KEY)
      replaceAddress(address.href)
      // Throws where it is of another form, as storage does where it is denied: once only could not be kept.
      const [, end, once, anonymousId, id] = FORM.exec(carried) as unknown as string[]
      const left = +(end as string) - Date.now()
      const storage = browserStorage()
      const used = storage.getItem(KEY) ?? ''
      if (left <= 0) reason = 'expired'
      else if (used.includes(once as string)) reason = 'used'
      else if (status.identity.state !== 'anonymous') reason = 'known'
      else if (left <= LONGEST && (id || anonymousId)) {
        storage.setItem(KEY, used.slice(-99) + once)
        if (id) bridge.identify(id, { via: 'carry' })
        if (bridge.status().identity.id || !id) {
          // In the same task as the call above, which reaches the SDK only after it.
          if (anonymousId) adoptAnonymousId(storage, anonymousId)
          return { outcome: 'carried', id }
        }
        reason = 'id'
      }
    }
  } catch {}
  return { outcome: 'refused', reason }
}
