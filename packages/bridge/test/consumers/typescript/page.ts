import { type Bridge, createBridge, defineFlags, type IdentifyResult } from 'retention-bridge'
import { flagTraits } from 'retention-bridge/traits'

const flags = defineFlags({ vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] } })
const bridge: Bridge<typeof flags> = createBridge({ flags })
flagTraits(bridge, ['vip_tier'])
// @ts-expect-error Not a flag of the plan: proves that the types say something.
flagTraits(bridge, ['vip_level'])
const result: Promise<IdentifyResult> = bridge.identify('cust_1042', { flags: { vip_tier: 'gold' } })
// @ts-expect-error Not a value of this flag.
bridge.identify('cust_1042', { flags: { vip_tier: 'bronze' } })
result.then(({ outcome }) => document.body.append(outcome))
