import { createBridge, defineFlags } from 'retention-bridge'
import {
  createCustomerIo,
  createFullStory,
  matchers,
  type RetentionMatchers,
  settled,
} from 'retention-bridge/testing'
import { expect } from 'vitest'

/** The test whose end the examples of `retention-bridge/testing` are: somebody has signed in and begun a checkout. */
export const flags = defineFlags({ vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] } })
export const fullstory = createFullStory()
export const customerio = createCustomerIo()
export const bridge = createBridge({ flags, fullstory, customerio })

bridge.identify('cust_1', { flags: { vip_tier: 'gold' } })
bridge.track('checkout_started', { currency: 'USD' })
await settled({ bridge, fullstory, customerio })

expect.extend(matchers)

export { expect }

declare module 'vitest' {
  interface Matchers<T> extends RetentionMatchers<T> {}
}
