import { createBridge, defineFlags } from '../../../src/index.ts'
import { vendors } from '../ready-vendors.ts'

export const plan = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
  entered_cart_flow: { type: 'bool' },
  cart_flow_variant: { type: 'str' },
  purchase_count: { type: 'int' },
  aov: { type: 'real' },
  last_order_date: { type: 'date' },
  utm_source: { type: 'str' },
})

/** A bridge with SDKs that are ready; `flags` is what it knows of the visitor. */
export const openBridge = (consent: 'granted' | 'denied' | 'pending' = 'granted') => {
  const { received, customerio, fullstory } = vendors()
  const bridge = createBridge({ flags: plan, customerio, fullstory, consent })
  const flags = () =>
    Object.fromEntries(Object.entries(bridge.status().flags).map(([name, { value }]) => [name, value]))
  return { bridge, received, flags }
}
