import { expectTypeOf, test } from 'vitest'
import { createBridge, defineFlags, type FlagValues } from '../../src/index.ts'
import { campaignFlags, pageFlags } from '../../src/sources/index.ts'

const flags = defineFlags({ vip: { type: 'bool' }, tier: { type: 'enum', values: ['none', 'gold'] } })
const bridge = createBridge({ flags })

test('the page says what it says', () => {
  expectTypeOf(pageFlags(bridge)).toEqualTypeOf<Record<string, unknown>>()
  // @ts-expect-error: whose flags?
  pageFlags()
  // @ts-expect-error: the bridge, not its plan
  pageFlags(flags)
})

test('an address sets flags of the plan', () => {
  expectTypeOf(campaignFlags(bridge, { flags })).toEqualTypeOf<FlagValues<typeof flags>>()
  campaignFlags(bridge, { flags, parameters: { v: 'vip', t: 'tier', utm_term: false }, remove: true })
  // @ts-expect-error: the plan is needed
  campaignFlags(bridge)
  // @ts-expect-error: the plan is needed
  campaignFlags(bridge, { remove: true })
  // @ts-expect-error: not a flag of the plan
  campaignFlags(bridge, { flags, parameters: { v: 'vip_tier' } })
  // @ts-expect-error: `false` turns one off
  campaignFlags(bridge, { flags, parameters: { v: true } })
  // @ts-expect-error: a typo
  campaignFlags(bridge, { flags, params: {} })
  // @ts-expect-error: yes or no
  campaignFlags(bridge, { flags, remove: 'all' })
  // @ts-expect-error: the plan of another bridge
  campaignFlags(bridge, { flags: defineFlags({ other: { type: 'bool' } }) })
})
