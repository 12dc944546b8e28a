import { watchFriction } from 'retention-bridge/friction'
import { bridge, identifyCustomer } from './bridge.ts'
import { CART_KEY, cartCount } from './cart.ts'
import { cartFlowVariant } from './cart-flow.ts'
import { noticeAbandonedCheckout } from './checkout-progress.ts'
import { SIGNED_IN_KEY, signedIn } from './customers.ts'
import { find } from './html.ts'
import { reportStatus } from './status-report.ts'

/** What every page of the shop does first. `inCheckout`: being here does not mean that a checkout was left. */
export function startPage({ inCheckout = false } = {}): void {
  showHeader()
  reportStatus()
  watchFriction(bridge, { flag: 'friction' })
  const customer = signedIn()
  if (customer) identifyCustomer(customer, 'account')
  bridge.setFlags({ cart_flow_variant: cartFlowVariant() })
  if (!inCheckout) noticeAbandonedCheckout()
  addEventListener('storage', ({ key }) => {
    if (key === CART_KEY) showHeader()
    // Another tab signed in or out: nothing on this page may go on showing the earlier customer.
    if (key === SIGNED_IN_KEY) location.reload()
  })
}

export function showHeader(): void {
  const count = cartCount()
  find('#cart-count').textContent = String(count)
  find('#cart-link').setAttribute('aria-label', `Cart, ${count} ${count === 1 ? 'item' : 'items'}`)
  find('#account-link').textContent = signedIn()?.firstName ?? 'Sign in'
}
