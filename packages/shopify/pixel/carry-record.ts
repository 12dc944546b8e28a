/** The key in the shop's `localStorage` under which the pixel leaves what happened at checkout. */
export const CARRY_KEY = 'retention_bridge_checkout'

/** The longest text that is written or read, in bytes. */
export const MAX_CARRY = 2000

/** Events beyond these are given up, oldest first. */
export const MAX_CARRIED_EVENTS = 20

/** How far a checkout has come. `abandoned` is what a later page makes of one that nobody went on with. */
export type CheckoutState =
  | 'started'
  | 'contact'
  | 'shipping'
  | 'payment'
  | 'failed'
  | 'completed'
  | 'abandoned'

/** What the pixel, which cannot reach FullStory, leaves for the next page that can. Written by anybody, read with care. */
export interface CarryRecord {
  v: 1
  /** Epoch milliseconds. */
  expires: number
  /** When the checkout came to its state, epoch milliseconds. */
  at: number
  /** Whose it is: Customer.io's anonymous id. */
  who: string
  /** Their id, where it was known. */
  user?: string
  flags: { checkout_state: CheckoutState; payment_failed?: boolean }
  events: { name: string; at: number; properties: Record<string, unknown> }[]
  /** The state that a page has told already; gone with the next moment. */
  told?: CheckoutState
}
