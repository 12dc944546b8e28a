import type { FlagPlan } from '../flags/plan.ts'
import type { IdentifyResult } from '../status.ts'
import type { Money } from './money.ts'

/** What `initCheckout` takes. */
export interface CheckoutOptions<Plan extends FlagPlan> {
  /** Names of flags of the plan to keep; a flag without a name is not set. It has to be in the plan. */
  flags?: {
    /** An `enum` with the values `open`, `abandoned` and `completed`: `'checkout_state'`. */
    state?: keyof Plan & string
    /** A `bool`, true from a refused payment until an order or a new checkout: `'payment_failed'`. */
    failed?: keyof Plan & string
  }
}

/** Who somebody says they are at the contact step. */
export interface Contact {
  /** Their e-mail address; trimmed and in lower case when it is sent. */
  email: string
  /** Their phone number, for Customer.io only: `'+14155550100'`. */
  phone?: string
  /** The shared ID, where the store knows it already: no detour over a guest. */
  customerId?: string | number
}

/** A payment that was refused. */
export interface PaymentFailure {
  /** The provider's code: `'card_declined'`. */
  code: string
  /** In words. Reaches both vendors: nothing personal. */
  reason?: string
  /** Whether another attempt with the same means can succeed. */
  retryable?: boolean
}

/** An order. */
export interface Order extends Money {
  /** The store's number of it, at most 100 characters. Reported once, however often the confirmation is seen. */
  orderId: string | number
  total: number
  currency: string
  /** The shared ID, where the order made an account; the same person is not identified again. */
  customerId?: string | number
}

/**
 * The moments of one checkout. Each is an event in both vendors, sent at once; each may be repeated (reload, double
 * click) and counts once. No method throws. Wrong fields are left out, with one console warning in development.
 */
export interface Checkout {
  /**
   * The checkout is on the page: `checkout_started`, with what the cart is worth. Call it on each page of the checkout;
   * after it was left it is `checkout_resumed`, else nothing. Ignored on pages of a completed checkout that the back
   * button or a reload brings up again.
   */
  started(cart?: Money): void
  /**
   * Contact was given: `checkout_step` with the step `contact`. Without a `customerId` (now or earlier) it is
   * `bridge.guest`; with one it is `bridge.identify`, which takes a guest with the same address to known in one session.
   *
   * @returns what the bridge says to it; `refused` where the address or the id is none. Never rejects.
   */
  contact(contact: Contact): Promise<IdentifyResult>
  /** They came to a step, 1 to 100 characters: `'shipping'`, `'payment'`. `checkout_step` with `step`, when it is another. */
  step(name: string): void
  /**
   * A payment was refused: `payment_failed` with `code`, `reason`, `retryable` and `step`. The
   * checkout stays open. Another one within a second is the same.
   */
  paymentFailed(failure: PaymentFailure): void
  /**
   * An order was placed, with or without the steps before: `order_completed` with `order_id`, `total`, `currency` and
   * `items`. The same `orderId` again in this tab is nothing.
   */
  completed(order: Order): void
  /**
   * They went away from an open checkout: `checkout_abandoned` with the last `step`. Nothing otherwise, so that it
   * can be called on every page outside of the checkout.
   */
  abandoned(): void
}
