import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import { historyEntry, onLeaving, tabStorage } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import type { Checkout, CheckoutOptions } from './moments.ts'
import { type Money, readMoney } from './money.ts'
import type { Progress } from './progress.ts'
import { warn } from './warn.ts'

export type { Checkout, CheckoutOptions, Contact, Order, PaymentFailure } from './moments.ts'
export type { Money }

/** The checkout's only key in this tab's `sessionStorage`, and on its bridge. */
const KEY = 'rb_checkout'
/** Milliseconds in which nobody can have tried again. */
const SAME_FAILURE = 1000
/** Characters of a step's name, which is kept in the tab. */
const TOO_LONG = 101
/** An address; bounded, so that no text takes long to be refused. */
const EMAIL = /^\S{1,99}@\S{1,99}\.\S{1,99}$/

/**
 * The one call of a checkout page. A bridge has one checkout: called again, this returns the first.
 *
 * An open checkout is abandoned when the tab is closed, another address is typed or the browser's own buttons lead
 * away, as far as the browser has the Navigation API. Links, forms and redirects may well be the next step or a payment
 * provider: what they lead to says what it was, by `started` or `abandoned`. A reload by the browser's button cannot
 * be told from leaving; who comes back is `checkout_resumed`. FullStory hears of it at that moment. Customer.io's SDK
 * gets nothing out of a page that is closing: let a recovery campaign wait for `checkout_started` without
 * `order_completed`, and end it at `checkout_resumed`.
 *
 * Progress is kept in this tab's `sessionStorage`, with consent, and another person does not inherit it. In another
 * tab the confirmation of the same order is another order event.
 *
 * @example
 * const checkout = initCheckout(bridge, { flags: { state: 'checkout_state', failed: 'payment_failed' } })
 * checkout.started({ total: 129.5, currency: 'USD' })
 */
export const initCheckout = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options?: CheckoutOptions<Plan>,
): Checkout => {
  const home = bridge as unknown as Record<string, Checkout>
  if (home[KEY]) return home[KEY]
  const { state: stateFlag, failed: failedFlag } = options?.flags ?? {}
  let progress: Progress = { seen: [] }

  /** Reads the progress, or saves it; with consent, else it is this document's only. */
  const sync = (save?: boolean) => {
    const {
      consent,
      identity: { state, id },
    } = bridge.status()
    const who = state + id
    if (save) progress.who = who
    if (consent === 'granted' && state !== 'impersonated')
      try {
        const storage = tabStorage()
        if (save) storage.setItem(KEY, JSON.stringify(progress))
        else {
          // Each time: another document may have gone on while this one was in the browser's cache.
          const stored = JSON.parse(storage.getItem(KEY) as string)
          // Throws where it is damaged.
          stored.seen.concat()
          progress = stored
        }
      } catch {}
    // Who was anonymous or a guest goes on as who they are now; anybody else (`known…`) starts afresh.
    if (progress.who !== who && (state === 'anonymous' || (progress.who as string) > 'known'))
      progress = { seen: progress.seen }
  }

  const say = (event: string, properties?: Record<string, unknown>) => {
    // Remembered first: the call may be the last thing this document does.
    sync(true)
    const { step, state, failed } = progress
    const values: Record<string, unknown> = {}
    if (stateFlag) values[stateFlag] = state
    if (failedFlag) values[failedFlag] = !!failed
    bridge.track(event, { step, ...properties })
    bridge.setFlags(values as FlagValues<Plan>)
  }

  const know = (id: string | number, email: unknown, phone?: string) =>
    bridge.identify(id, { traits: { email, phone }, via: 'checkout' })

  /** True in an open checkout; it is begun now where a moment comes first that is not its start. */
  const enter = (cart: Money = {}): boolean | undefined => {
    sync()
    const { state, seen } = progress
    const entry = historyEntry()
    if (!seen.includes(entry)) seen.push(entry)
    // The back button from the confirmation, or a reload of it: completed stays completed.
    else if (state === 'completed') return
    progress.state = 'open'
    if (state !== 'open')
      say(state === 'abandoned' ? 'checkout_resumed' : 'checkout_started', readMoney(cart))
    return true
  }

  const checkout: Checkout = {
    contact: ({ email: given, phone, customerId }) => {
      const email = EMAIL.exec(String(given).trim())?.[0] as string
      if (enter()) progress.email = email
      sync(true)
      if (!email && customerId) warn('contact.email', 'an e-mail address')
      const result = customerId ? know(customerId, email, phone) : bridge.guest({ email, phone })
      if (email || customerId) checkout.step('contact')
      return result
    },
    paymentFailed: ({ code, reason, retryable }) => {
      if (!code) return warn('paymentFailed.code', "a text: 'card_declined'")
      if (!enter() || Date.now() - (progress.failed as number) < SAME_FAILURE) return
      progress.failed = Date.now()
      say('payment_failed', { code, reason, retryable })
    },
    abandoned: () => {
      sync()
      if (progress.state !== 'open') return
      progress.state = 'abandoned'
      say('checkout_abandoned')
    },
    step: step => {
      if (!step || !(step.length < TOO_LONG))
        return warn('step', "a text of 1 to 100 characters: step('shipping')")
      if (!enter() || progress.step === step) return
      progress.step = step
      say('checkout_step')
    },
    completed: order => {
      const { orderId, customerId } = order
      const id = String(orderId)
      if (!orderId) warn('completed.orderId', 'a text or an integer')
      sync()
      if (!orderId || progress.seen.includes(id)) return
      // In one step, and with the address that makes the guest this person.
      if (customerId) know(customerId, progress.email)
      progress = { seen: [...progress.seen, id, historyEntry()], state: 'completed' }
      say('order_completed', { order_id: id, ...readMoney(order) })
    },
    started: enter,
  }
  // Nothing of ours breaks the page.
  for (const name in checkout) {
    const act = checkout[name as 'step']
    checkout[name as 'step'] = async (given: unknown) => {
      try {
        return act((given ?? {}) as string)
      } catch {
        warn(name, 'plain data')
      }
    }
  }
  onLeaving(checkout.abandoned, () => {
    sync()
    if (progress.state === 'abandoned') enter()
  })
  home[KEY] = checkout
  return checkout
}
