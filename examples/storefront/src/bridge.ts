import { createBridge } from 'retention-bridge'
import type { Customer } from './customers.ts'
import { flags } from './flag-plan.ts'

export const bridge = createBridge({ flags })

export type BridgeStatus = ReturnType<typeof bridge.status>

/** Tells both tools who is signed in. Safe to call on every page: the bridge sends only what is new. */
export function identifyCustomer(customer: Customer, via: 'login' | 'registration' | 'account') {
  const known = customerFlags(customer)
  const { email, firstName, lastName } = customer
  return bridge.identify(customer.id, {
    // In a real shop the server tells Customer.io what customers bought; this one has no server.
    traits: { email, first_name: firstName, last_name: lastName, ...known },
    flags: known,
    via,
  })
}

/** What the shop itself knows about a customer, as flags. */
export function customerFlags(customer: Customer) {
  return {
    vip_tier: customer.vipTier,
    purchase_count: customer.purchaseCount,
    aov: customer.aov,
    ...(customer.lastOrderDate && { last_order_date: customer.lastOrderDate }),
  }
}

/** Before a page is left: what it said must be out, yet a vendor that never answers must not keep the visitor. */
export async function everythingSaid(): Promise<void> {
  await bridge.flush({ timeout: 3000 })
}
