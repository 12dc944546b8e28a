import { createBridge, defineFlags } from 'retention-bridge'

const flags = defineFlags({
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
})
const bridge = createBridge({ flags, customerio: 'auto', fullstory: 'auto' })
bridge.setFlags({ cart_abandoner_4h: true, vip_tier: 'gold' })
// @ts-expect-error Not a value of this flag: proves that the types say something.
bridge.setFlags({ vip_tier: 'bronze' })
bridge.destroy()
