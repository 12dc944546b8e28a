import type { Bridge, FlagPlan, FlagValues, Status } from 'retention-bridge'
import { CARRY_KEY, type CarryRecord, MAX_CARRIED_EVENTS, MAX_CARRY } from '../../pixel/carry-record.ts'

/** What {@link tellCheckout} takes. */
export interface TellCheckoutOptions<Plan extends FlagPlan> {
  /** `false` where FullStory's own Shopify app tells the events: then the flags alone are told. */
  events?: boolean
  /** Names of flags of the plan to keep; a flag without a name is not set. */
  flags?: {
    /**
     * An `enum` with the values `started`, `contact`, `shipping`, `payment`, `failed`, `completed` and `abandoned`:
     * `'checkout_state'`.
     */
    state?: keyof Plan & string
    /** A `bool`, true from a refused payment until an order: `'payment_failed'`. */
    failed?: keyof Plan & string
  }
}

/** Milliseconds after which nobody goes on with a checkout. */
const ABANDONED = 1_800_000
/** Milliseconds in which every tab's copy of the storage has followed. */
const FOLLOWED = 1000

/** Whether FullStory can be told now, and the SDK of Customer.io has come to the person that the bridge knows. */
const canTell = ({ consent, identity, vendors: { customerio, fullstory } }: Status) =>
  consent === 'granted' &&
  identity.state !== 'impersonated' &&
  fullstory.state === 'ready' &&
  customerio.anonymousId &&
  // A link of Customer.io's e-mails leaves an id there that is no shared one.
  (/^cio_/.test(customerio.id as string) ? null : customerio.id) === identity.id

/**
 * Tells FullStory what the pixel saw at checkout, where FullStory is not: each event once, with `carried: true` and its
 * age in seconds as `age_s`, and the flags, with the source `'checkout'` and true since it happened. Customer.io, which
 * the pixel has told, is left out. Call it once on each page, after `createBridge`.
 *
 * A checkout that is neither completed nor failed and was last seen half an hour ago is `abandoned`; a store's page finds
 * that out, no timer does. Nothing is read without consent or while a support agent acts, or before both SDKs are ready.
 * What belongs to another person or anonymous id of Customer.io, has expired, is damaged or too large is thrown away.
 * One tab tells it, which takes the Web Locks API: nothing is told in Safari before 15.4.
 *
 * @returns ends it: nothing is listened to after that. Never throws.
 *
 * @example tellCheckout(bridge, { flags: { state: 'checkout_state', failed: 'payment_failed' } })
 */
export const tellCheckout = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options?: TellCheckoutOptions<Plan>,
): (() => void) => {
  let ended = false
  /** What this page has left there, with nothing more to tell. */
  let rest: string | null = null
  /** True when something was told. */
  const tell = () => {
    try {
      const status = bridge.status()
      if (ended || !canTell(status)) return
      const text = localStorage.getItem(CARRY_KEY)
      if (!text) return
      // First of all: what is damaged or cut off here is gone, too.
      localStorage.removeItem(CARRY_KEY)
      const record = JSON.parse(text.slice(0, MAX_CARRY)) as CarryRecord
      const { v, expires, at, who, user, events, told } = record
      const { checkout_state, payment_failed } = record.flags
      const { id } = status.identity
      const now = Date.now()
      if (v !== 1 || who !== status.vendors.customerio.anonymousId || !(expires > now && at > 0)) return
      if (user && user !== id) {
        // Whoever was logged in at checkout may be so here in a moment.
        if (!id) localStorage.setItem(CARRY_KEY, text)
        return
      }
      const open = !/completed|failed/.test(checkout_state)
      const end = at + ABANDONED
      const abandoned = open && end < now
      const state = abandoned ? 'abandoned' : checkout_state
      // Without what is told now, for a later page to see that nobody went on with it.
      if (open && !abandoned) {
        rest = JSON.stringify({ ...record, events: [], told: state })
        localStorage.setItem(CARRY_KEY, rest)
      }
      if (options?.events !== false)
        for (const { name, properties, at } of events.slice(0, MAX_CARRIED_EVENTS))
          bridge.track(
            name,
            { ...properties, carried: true, age_s: Math.round((now - at) / 1000) },
            { to: 'fullstory' },
          )
      if (state === told) return true
      const { state: stateFlag, failed: failedFlag } = options?.flags ?? {}
      const values: Record<string, unknown> = {}
      if (stateFlag) values[stateFlag] = state
      if (failedFlag && payment_failed !== undefined) values[failedFlag] = payment_failed
      bridge.setFlags(values as FlagValues<Plan>, { source: 'checkout', at: abandoned ? end : at })
      return true
    } catch {
      // Storage is denied, there is no page, or it was not the pixel that wrote.
    }
  }
  // Storage alone is no lock: two tabs were seen to take the same note.
  const look = async () => {
    try {
      if (canTell(bridge.status()) && localStorage.getItem(CARRY_KEY) !== rest)
        await navigator.locks.request(
          CARRY_KEY,
          () => tell() && new Promise(resolve => setTimeout(resolve, FOLLOWED)),
        )
    } catch {
      // As above, or a browser without locks.
    }
  }
  // FullStory is told on each page who the visitor is, also that nobody is known.
  const end = bridge.on('delivered', look)
  look()
  bridge.ready().then(look)
  return () => {
    ended = true
    end()
  }
}
