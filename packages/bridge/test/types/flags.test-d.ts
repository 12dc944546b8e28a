import { expectTypeOf, test } from 'vitest'
import { type Bridge, createBridge, defineFlags, type FlagPlan, type FlagValues } from '../../src/index.ts'

const flags = defineFlags({
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'], aliases: ['VIP', 'vip_customer'] },
  purchase_count: { type: 'int' },
  aov: { type: 'real' },
  last_order_date: { type: 'date' },
  cart_flow_variant: { type: 'str', ttl: 60_000, off: 'none', owner: 'growth', moment: 'cart' },
  sizes: { type: 'strs', ttl: '1d', off: ['none'], sensitive: 'allow' },
})
const bridge = createBridge({ flags })

test('the plan gives each flag its type', () => {
  expectTypeOf<FlagValues<typeof flags>>().toEqualTypeOf<{
    readonly cart_abandoner_4h?: boolean
    readonly vip_tier?: 'none' | 'silver' | 'gold'
    readonly purchase_count?: number
    readonly aov?: number
    readonly last_order_date?: Date | string
    readonly cart_flow_variant?: string
    readonly sizes?: readonly string[]
  }>()
})

test('setFlags takes the declared names and values', () => {
  bridge.setFlags({})
  bridge.setFlags({
    cart_abandoner_4h: true,
    vip_tier: 'gold',
    purchase_count: 3,
    aov: 80.25,
    last_order_date: new Date(),
    cart_flow_variant: 'b',
    sizes: ['s', 'm'],
  })
  bridge.setFlags({ last_order_date: '2026-01-02T03:04:05Z' })
})

test('setFlags refuses everything else', () => {
  // @ts-expect-error: not a declared value
  bridge.setFlags({ vip_tier: 'platinum' })
  // @ts-expect-error: an alias is for callers that no compiler reads
  bridge.setFlags({ VIP: true })
  // @ts-expect-error: not declared
  bridge.setFlags({ vip_teir: 'gold' })
  // @ts-expect-error: bool
  bridge.setFlags({ cart_abandoner_4h: 'true' })
  // @ts-expect-error: bool
  bridge.setFlags({ cart_abandoner_4h: 1 })
  // @ts-expect-error: int
  bridge.setFlags({ purchase_count: '3' })
  // @ts-expect-error: real
  bridge.setFlags({ aov: true })
  // @ts-expect-error: date, not epoch milliseconds
  bridge.setFlags({ last_order_date: 1_767_322_800_000 })
  // @ts-expect-error: a list
  bridge.setFlags({ sizes: 's' })
  // @ts-expect-error: a list of texts
  bridge.setFlags({ sizes: [36] })
  // @ts-expect-error: the one word for it
  defineFlags({ phone: { type: 'str', sensitive: true } })
  // @ts-expect-error: str
  bridge.setFlags({ cart_flow_variant: 2 })
  // @ts-expect-error: FullStory cannot delete a property, "off" is a value
  bridge.setFlags({ vip_tier: null })
  // @ts-expect-error: flags are given by name
  bridge.setFlags('vip_tier')
  // @ts-expect-error: nothing to set
  bridge.setFlags()
})

test('the flags of identify are the same', () => {
  bridge.identify('cust_1', { flags: { vip_tier: 'gold' } })
  // @ts-expect-error: not a declared value
  bridge.identify('cust_1', { flags: { vip_tier: 'platinum' } })
  // @ts-expect-error: not declared
  bridge.identify('cust_1', { flags: { vip: true } })
})

test('a plan written inside createBridge is read as exactly', () => {
  const inline = createBridge({ flags: { vip_tier: { type: 'enum', values: ['none', 'gold'] } } })
  inline.setFlags({ vip_tier: 'gold' })
  // @ts-expect-error: not a declared value
  inline.setFlags({ vip_tier: 'silver' })
})

test('a plan known only at run time takes any name', () => {
  const loaded = createBridge({ flags: {} as FlagPlan })
  expectTypeOf(loaded).toEqualTypeOf<Bridge<FlagPlan>>()
  loaded.setFlags({ anything: 'gold' })
})

test('a declaration is checked', () => {
  // @ts-expect-error: no such type
  defineFlags({ vip: { type: 'boolean' } })
  // @ts-expect-error: a flag has a type
  defineFlags({ vip: { values: ['gold'] } })
  // @ts-expect-error: values are texts
  defineFlags({ vip: { type: 'enum', values: [1, 2] } })
  // @ts-expect-error: not a duration
  defineFlags({ vip: { type: 'bool', ttl: '4 hours' } })
  // @ts-expect-error: a list, also of one
  defineFlags({ vip: { type: 'bool', aliases: 'VIP' } })
})
