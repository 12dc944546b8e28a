import { bridge } from './bridge.ts'
import { cartCount } from './cart.ts'
import { stored } from './stored.ts'

export type CheckoutStep = 'contact' | 'shipping' | 'payment'

const progress = stored<'none' | 'open' | 'abandoned'>('checkout', 'none')

/** True when this is the start of a checkout, and not a later step or a reload of one. */
export function openCheckout(): boolean {
  const starts = progress.get() !== 'open'
  progress.set('open')
  if (starts) bridge.setFlags({ cart_abandoner_4h: false })
  return starts
}

export function closeCheckout(): void {
  progress.set('none')
}

/** On every page outside the checkout: somebody who comes here in the middle of one has left it. */
export function noticeAbandonedCheckout(): void {
  if (progress.get() !== 'open' || cartCount() === 0) return
  progress.set('abandoned')
  bridge.setFlags({ cart_abandoner_4h: true })
}
