import type { StoreBridge } from '../retention/bridge.ts'
import { type Cart, updateAttributes } from './storefront-api.ts'

const KEY = '_customerio_anonymous_id'

/**
 * The cart after it was told who the visitor is to Customer.io, so that the order says it, too; without consent it is
 * told nothing, and forgets what it knew. Unchanged, nothing is sent.
 */
export async function withVisitor(cart: Cart, bridge: StoreBridge): Promise<Cart> {
  // Without consent the status has none.
  const wanted = bridge.status().vendors.customerio.anonymousId ?? undefined
  if (wanted === cart.attributes.find(({ key }) => key === KEY)?.value) return cart
  const others = cart.attributes.filter(({ key }) => key !== KEY)
  return updateAttributes(cart.id, wanted ? [...others, { key: KEY, value: wanted }] : others)
}
