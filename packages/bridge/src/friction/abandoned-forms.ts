import { onNavigation, pageAddress } from '../globals.ts'
import type { Watch } from './watch.ts'

/** Fields that are remembered, at most. */
const KEPT = 20

/** The checkout is left with fields that were filled, and neither sent nor followed by a click on a button. */
export const judgeForms = ({ on, onTrack, onRoute, signal, isCheckout, rules, report }: Watch): void => {
  const filled = new Set<HTMLInputElement>()
  /** Where another document is being led to, by the page or one of its links. */
  let leads: string | undefined
  const forget = () => filled.clear()
  const leave = () => {
    const fields = [...filled].filter(({ isConnected, value }) => isConnected && value)
    forget()
    const [field] = fields
    if (field && fields.length >= rules.filledFields)
      report('form_abandoned', field.form ?? field, fields.length)
  }
  const isTold = onNavigation(
    'navigate',
    ({ url, sameDocument }) => {
      if (!sameDocument) leads = url
    },
    signal,
  )
  on('input', (_, [field]) => {
    leads = undefined
    if (isCheckout() && filled.size < KEPT && field?.matches('input,select,textarea'))
      filled.add(field as HTMLInputElement)
  })
  on('submit', forget)
  on('click', (_, path) => {
    if (
      filled.size &&
      path.some(element => element.matches('button,[role=button],[type=submit],[type=button],[type=image]'))
    )
      forget()
  })
  onTrack(name => {
    if (name === 'order_completed') forget()
  })
  onRoute(to => {
    if (isCheckout() && !isCheckout(to)) leave()
    else forget()
  })
  on('pagehide', () => {
    // Without being told it may well be the next step; another site is where the payment is made, perhaps.
    if (!isTold) return
    if (!leads || (leads.startsWith(`${new URL(pageAddress()).origin}/`) && !isCheckout(leads))) leave()
  })
}
