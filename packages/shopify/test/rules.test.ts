import type { ShopifyCustomer } from '@retention-bridge/sandbox'
import { expect, it } from 'vitest'
import { ada, configure } from './shopify-liquid.ts'

const flagsOf = (flags: string, rules: string, customer: ShopifyCustomer = ada) =>
  configure({ customer, settings: { flags, rules } }).visitor.flags

const withMetafield = (value: unknown): ShopifyCustomer => ({
  ...ada,
  metafields: { custom: { field: { value } } },
})

it('declares a plan', () => {
  const flags = [
    'vip_tier: enum none, silver , gold; off none; aliases VIP, vip customer',
    '  # a comment',
    '',
    'cart_abandoner :bool;ttl 4h',
    'note: str; off nothing',
    'purchase_count: int; off 0',
    'aov: real',
    'last_order: date',
    'sizes: strs',
  ].join('\r\n')
  expect(configure({ settings: { flags } }).flags).toEqual({
    vip_tier: {
      type: 'enum',
      values: ['none', 'silver', 'gold'],
      off: 'none',
      aliases: ['VIP', 'vip customer'],
    },
    cart_abandoner: { type: 'bool', ttl: '4h' },
    note: { type: 'str', off: 'nothing' },
    purchase_count: { type: 'int' },
    aov: { type: 'real' },
    last_order: { type: 'date' },
    sizes: { type: 'strs' },
  })
})

it.each([
  '',
  '\n',
  'nonsense',
  ': bool',
  'Vip: bool',
  'vip-tier: bool',
  'a b: bool',
  'a"b: bool',
  'x: Bool',
  'x: ',
])('declares nothing by the line %j', flags => {
  expect(configure({ customer: ada, settings: { flags } })).toMatchObject({
    flags: {},
    visitor: { flags: {} },
  })
})

it('keeps the first of two declarations', () => {
  expect(configure({ settings: { flags: 'x: int\nx: bool' } }).flags).toEqual({ x: { type: 'int' } })
})

it.each([
  ['tag vip-gold -> x', 'bool', true],
  ['tag vip -> x', 'bool', false],
  ['tag vip-gold -> x = gold', 'str', 'gold'],
  ['customer.orders_count -> x', 'int', 3],
  ['customer.orders_count -> x', 'str', '3'],
  ['customer.total_spent -> x', 'real', 388.5],
  ['customer.average_order -> x', 'real', 129.5],
  ['customer.accepts_marketing -> x', 'bool', true],
  ['customer.tax_exempt -> x', 'bool', false],
  ['customer.b2b -> x', 'bool', true],
  ['customer.country -> x', 'str', 'GB'],
  ['customer.province -> x', 'str', 'ENG'],
  ['metafield custom.margin_tier -> x', 'enum low, high', 'high'],
  ['metafield custom.margin_tier->x=low', 'enum low, high', 'low'],
])('%s (%s)', (rule, type, value) => {
  expect(flagsOf(`x: ${type}`, rule)).toEqual({ x: value })
})

it('rounds the average order to a hundredth, and has none without orders', () => {
  const average = (total_spent: number, orders_count: number) =>
    flagsOf('x: real', 'customer.average_order -> x', { ...ada, total_spent, orders_count })
  expect(average(10_000, 3)).toEqual({ x: 33.33 })
  expect(average(20_000, 3)).toEqual({ x: 66.67 })
  expect(average(0, 0)).toEqual({})
})

it('reads the date of the last order', () => {
  const { x } = flagsOf('x: date', 'customer.last_order_date -> x') as { x: string }
  expect(x).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
  expect(Date.parse(x)).toBe(Date.parse('2026-01-31T11:00:00Z'))
})

it.each(['email', 'phone', 'first_name', 'last_name', 'name', 'id', 'addresses', 'metafields', 'tags'])(
  'makes no flag of customer.%s',
  field => {
    expect(flagsOf('x: str\ny: strs', `customer.${field} -> x\ncustomer.${field} -> y`)).toEqual({})
  },
)

it('takes the first rule that fits', () => {
  const rules = ['tag vip-gold -> x = gold', 'tag newsletter -> x = silver', 'tag missing -> x = none']
  expect(flagsOf('x: str', rules.join('\n'))).toEqual({ x: 'gold' })
  expect(flagsOf('x: str', [...rules].reverse().join('\n'))).toEqual({ x: 'silver' })
})

it('turns off what no rule fits any more, and nothing that no rule is for', () => {
  const flags = 'tagged: bool\ntier: enum none, gold; off none\ncount: int\nfrom_inbox: bool'
  const rules = 'tag missing -> tagged\ntag missing -> tier = gold\nmetafield a.b -> count'
  expect(flagsOf(flags, rules)).toEqual({ tagged: false, tier: 'none' })
})

it('leaves out what fits and is not of the declared type', () => {
  expect(flagsOf('x: enum none, gold; off none', 'tag vip-gold -> x = platinum')).toEqual({})
  expect(flagsOf('x: bool', 'metafield custom.margin_tier -> x')).toEqual({})
})

it('leaves out what is longer than a tool keeps', () => {
  const long = 'x'.repeat(2700)
  expect(flagsOf('x: str', 'metafield custom.field -> x', withMetafield(long))).toEqual({ x: long })
  expect(flagsOf('x: str', 'metafield custom.field -> x', withMetafield(`${long}x`))).toEqual({})
  expect(flagsOf('x: strs', 'metafield custom.field -> x', withMetafield([long]))).toEqual({})
})

it.each([
  ['int', '3', 3],
  ['int', '-3', -3],
  ['int', '007', 7],
  ['int', 0, 0],
  ['real', '1.50', 1.5],
  ['real', -0.25, -0.25],
  ['str', '<b>"bold"</b>', '<b>"bold"</b>'],
  ['strs', ['S', 'M'], ['S', 'M']],
  ['date', '2026-01-31', '2026-01-31'],
  ['bool', 'true', true],
])('%s takes %j', (type, value, flag) => {
  expect(flagsOf(`x: ${type}`, 'metafield custom.field -> x', withMetafield(value))).toEqual({ x: flag })
})

it.each([
  ['int', '1.5'],
  ['int', '3 apples'],
  ['int', '1-2'],
  ['int', '-'],
  ['int', '--1'],
  ['int', '1234567890123456'],
  ['int', true],
  ['int', ['3']],
  ['real', '1.2.3'],
  ['real', '.5'],
  ['real', '5.'],
  ['real', '1e3'],
  ['real', 'Infinity'],
  ['str', { a: 1 }],
  ['str', ['a']],
  ['strs', 'S'],
  ['strs', ['S', 1]],
  ['date', 'now'],
  ['date', '31.01.2026'],
  ['date', '20-26-0131'],
  ['date', 1_769_817_600],
  ['enum a, b', 'a,b'],
  ['enum a, b', ','],
])('%s does not take %j', (type, value) => {
  expect(flagsOf(`x: ${type}`, 'metafield custom.field -> x', withMetafield(value))).toEqual({})
})
