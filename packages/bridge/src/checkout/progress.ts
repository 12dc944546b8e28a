/** How far this tab's checkout has come. */
export interface Progress {
  /** Orders that were reported, and the places in the tab's history where checkouts took place. */
  seen: (string | number)[]
  /** Whose it is: another person must not inherit it. */
  who?: string
  /** The value of the flag. */
  state?: 'open' | 'abandoned' | 'completed'
  /** When a payment was refused last, epoch milliseconds; nothing since there was an order. */
  failed?: number
  step?: string
  /** The address given at the contact step. */
  email?: string
}
