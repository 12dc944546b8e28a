import { createBridge, defineFlags } from 'retention-bridge'
import { carryLink } from 'retention-bridge/carry'
import { initCheckout } from 'retention-bridge/checkout'
import { inboxFlags } from 'retention-bridge/inbox'

const flags = defineFlags({
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  payment_failed: { type: 'bool' },
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
})
const bridge = createBridge({ flags, customerio: 'auto', fullstory: 'auto' })
bridge.setFlags({ cart_abandoner_4h: true, vip_tier: 'gold' })
// @ts-expect-error Not a value of this flag: proves that the types say something.
bridge.setFlags({ vip_tier: 'bronze' })
initCheckout(bridge, { flags: { failed: 'payment_failed' } }).started({ total: 1, currency: 'USD' })
// @ts-expect-error Not a flag of the plan.
initCheckout(bridge, { flags: { failed: 'payment_failure' } })
carryLink(bridge, 'https://shop.example/').toUpperCase()
inboxFlags(bridge, { flags, topic: 'segments', after: 'delete' })()
// @ts-expect-error Not what can be done with a message.
inboxFlags(bridge, { after: 'keep' })
bridge.destroy()
