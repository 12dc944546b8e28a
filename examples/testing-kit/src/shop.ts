import { type BridgeConfig, createBridge, defineFlags } from 'retention-bridge'

export const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
  payment_failed: { type: 'bool' },
})

export interface Customer {
  id: string
  email: string
  tier: 'none' | 'silver' | 'gold'
}

/** What a store tells of its visitors. A test passes its own SDKs; on a page, the bridge finds the page's. */
export const createShop = (sdks: Pick<BridgeConfig<typeof flags>, 'fullstory' | 'customerio'> = {}) => {
  const bridge = createBridge({ flags, ...sdks })
  return {
    bridge,
    view: (sku: string) => bridge.track('product_viewed', { sku }),
    signIn: ({ id, email, tier }: Customer) =>
      bridge.identify(id, { traits: { email }, flags: { vip_tier: tier } }),
    signOut: () => bridge.logout(),
    declined: (code: string) => {
      bridge.setFlags({ payment_failed: true })
      bridge.track('payment_failed', { code })
    },
  }
}
