import { defineFlags } from 'retention-bridge'
import { frictionKinds } from 'retention-bridge/friction'

/** Every flag that FullStory may hold of a visitor. The inspector reads it too, and creates no bridge. */
export const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'], aliases: ['VIP', 'vip_customer'] },
  cart_abandoner_4h: {
    type: 'bool',
    moment: 'left the checkout with something in the cart',
  },
  checkout_state: {
    type: 'enum',
    values: ['none', 'contact', 'shipping', 'payment', 'payment_failed', 'completed'],
  },
  purchase_count: { type: 'int' },
  aov: { type: 'real', description: 'average order value in USD' },
  last_order_date: { type: 'date' },
  friction: { type: 'enum', values: ['none', ...frictionKinds], ttl: '30m', off: 'none' },
  cart_flow_variant: { type: 'str', description: 'the cart page test this browser is in' },
})
