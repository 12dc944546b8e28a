import type { Bridge, FlagPlan, FlagValues, Status } from 'retention-bridge'
import { CARRY_KEY, type CarryRecord, MAX_CARRIED_EVENTS, MAX_CARRY } from '../../pixel/carry-record.ts'

/** What {@link tellCheckout} takes. */
export interface TellCheckoutOptions<Plan extends FlagPlan> {
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

/** Whether FullStory can be told now, and the SDK of Customer.io has come to the person that the bridge knows. */
const canTell = ({ consent, identity, vendors: { customerio, fullstory } }: Status) =>
  consent === 'granted' &&
  identity.state !== 'impersonated' &&
  fullstory.state === 'ready' &&
  customerio.anonymousId &&
  customerio.id === identity.id

/**
 * Tells FullStory what the pixel saw at checkout, where FullStory is not: each event once, with `carried: true` and its
 * age in seconds as `age_s`, and the flags, with the source `'checkout'` and true since it happened. Customer.io, which
 * the pixel has told, is left out. Call it once on each page, after `createBridge`.
 *
 * A checkout that is neither completed nor failed and was last seen half an hour ago is `abandoned`; a store's page finds
 * that out, no timer does. Nothing is read without consent or while a support agent acts, or before both SDKs are ready.
 * What belongs to another person or anonymous id of Customer.io, has expired, is damaged or too large is thrown away.
 * What is told is removed first, so that no other tab tells it, too.
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
  const look = () => {
    try {
      const status = bridge.status()
      if (ended || !canTell(status)) return
      const text = localStorage.getItem(CARRY_KEY)
      if (!text) return
      // First of all, so that no other tab tells it, and so that what is damaged or cut off here is gone.
      localStorage.removeItem(CARRY_KEY)
      const record = JSON.parse(text.slice(0, MAX_CARRY)) as CarryRecord
      const { v, expires, at, who, user, events, told } = record
      const { checkout_state, payment_failed } = record.flags
      const { id } = status.identity
      const now = Date.now()
      if (v !== 1 || !(expires > now) || !(at > 0) || who !== status.vendors.customerio.anonymousId) return
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
      if (open && !abandoned)
        localStorage.setItem(CARRY_KEY, JSON.stringify({ ...record, events: [], told: state }))
      for (const event of events.slice(0, MAX_CARRIED_EVENTS))
        bridge.track(
          event.name,
          { ...event.properties, carried: true, age_s: Math.round((now - event.at) / 1000) },
          { to: 'fullstory' },
        )
      if (state === told) return
      const names = options?.flags ?? {}
      const values: Record<string, unknown> = {}
      if (names.state) values[names.state] = state
      if (names.failed && payment_failed !== undefined) values[names.failed] = payment_failed
      bridge.setFlags(values as FlagValues<Plan>, { source: 'checkout', at: abandoned ? end : at })
    } catch {
      // Storage is denied, there is no page, or it was not the pixel that wrote.
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
