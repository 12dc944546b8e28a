import { createBridge, defineFlags } from 'retention-bridge'

const flags = defineFlags({ vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] } })

export const startShop = (sdks: Pick<Parameters<typeof createBridge>[0], 'customerio' | 'fullstory'>) => {
  const bridge = createBridge({ flags, ...sdks })
  bridge.identify('cust_1042', { flags: { vip_tier: 'gold' } })
  return bridge
}
