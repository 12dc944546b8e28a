import { safeName } from './names.ts'
import type { Watch } from './watch.ts'

/** A payment fails that has failed before, and no order was placed in between. */
export const judgePayments = ({ onTrack, report }: Watch): void => {
  let failures = 0
  onTrack((name, { code }) => {
    if (name === 'order_completed') failures = 0
    if (name === 'payment_failed' && ++failures > 1) report('payment_failed_again', safeName(code), failures)
  })
}
