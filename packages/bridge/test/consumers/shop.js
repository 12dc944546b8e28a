import { createBridge, defineFlags } from 'retention-bridge'
import { flagTraits } from 'retention-bridge/traits'

const flags = defineFlags({ vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] } })

export const openShop = () => createBridge({ flags })

/** What every consumer does: one person and one flag, for both vendors. */
export const logIn = bridge => {
  flagTraits(bridge, ['vip_tier'])
  bridge.identify('cust_1042', { flags: { vip_tier: 'gold' }, via: 'login' })
}
