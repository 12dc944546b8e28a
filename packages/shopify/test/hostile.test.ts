import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readValue } from '../../bridge/src/flags/value.ts'
import type { FlagSpec } from '../../bridge/src/index.ts'
import {
  ada,
  type Configuration,
  configurationOf,
  renderEmbed,
  scriptsOf,
  type Visit,
} from './shopify-liquid.ts'

const settings = {
  flags: 'x: str\ny: strs\nn: real\ni: int\nd: date\nb: bool\nt: enum none, gold; off none\nother: str',
  rules: [
    'metafield custom.field -> x',
    'metafield custom.field -> y',
    'metafield custom.field -> n',
    'metafield custom.field -> d',
    'customer.last_order_date -> d',
    'customer.orders_count -> i',
    'tag vip -> b',
    'tag vip -> t = gold',
    'metafield custom.field -> t',
  ].join('\n'),
}

/** Renders, and holds what must be true of every page. */
const visit = (given: Visit): Configuration => {
  const html = renderEmbed(given)
  expect(scriptsOf(html).map(({ attributes }) => Object.keys(attributes))).toEqual([
    ['type', 'data-retention-bridge'],
    ['src', 'async'],
  ])
  // No parser, in whatever state, finds the beginning of a tag or a comment.
  expect(html.split('</script>')[0]?.lastIndexOf('<')).toBe(0)
  const configuration = configurationOf(html)
  for (const [name, value] of Object.entries(configuration.visitor?.flags ?? {})) {
    const spec = Object.getOwnPropertyDescriptor(configuration.flags, name)?.value as FlagSpec
    expect(spec, name).toBeDefined()
    // Whether there is such a day is for the library to say.
    if (spec.type !== 'date') expect(readValue(spec, value), name).toEqual(value)
  }
  return configuration
}

it.each([
  ['quotes', `"'\`\\"`],
  ['the end of the tag', '</script><script>alert(1)</script>'],
  ['the end of the tag, in capitals', '</SCRIPT >'],
  ['a comment', '<!--<script>'],
  ['backslashes', '\\u003c\\0\\1\\&\\'],
  ['line separators', 'a\u2028b\u2029c\r\nd\0e'],
  ['emoji', '👩🏽‍🚀'],
  ['right-to-left', '\u202Eعربي\u2066'],
  ['half a character', '\uD800'],
  ['Liquid', '{{ customer.phone }}{% raw %}'],
  ['HTML', '<p onclick="x()">&amp;</p>'],
])('keeps %s as it is', (_, text) => {
  for (const jsonEscapes of [false, true]) {
    const customer = {
      ...ada,
      email: text,
      first_name: text,
      tags: [text],
      metafields: { custom: { field: { value: text } } },
    }
    const { visitor } = visit({ customer, settings, jsonEscapes })
    expect(visitor).toMatchObject({ traits: { email: text, first_name: text }, flags: { x: text } })
  }
})

it('reads 250 tags, long ones too, and none that looks like a rule', () => {
  const names = ['a -> b', 'tag vip -> b', 'b = true', 'x: bool', `vip${'x'.repeat(10_000)}`]
  const tags = Array.from({ length: 250 }, (_, index) => names[index] ?? `tag ${index}`)
  expect(visit({ customer: { ...ada, tags }, settings }).visitor.flags).toMatchObject({ b: false, t: 'none' })
  tags[249] = 'VIP'
  expect(visit({ customer: { ...ada, tags }, settings }).visitor.flags).toMatchObject({ b: true, t: 'gold' })
})

it.each([[{}], [{ id: 7 }], [{ id: 7, tags: null, metafields: null, orders_count: null, last_order: null }]])(
  'takes a customer with little in it: %j',
  customer => {
    expect(visit({ customer, settings }).visitor.flags?.x).toBeUndefined()
  },
)

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('<', '/', '!', '-', '"', '\\', 'script', '>', '{{', '}}', '\u2028', ',', '.', '1'),
  }),
)
const anything = fc.oneof(text, fc.jsonValue(), fc.double(), fc.integer())

const customers = fc.record(
  {
    id: anything,
    email: text,
    first_name: anything,
    orders_count: anything,
    total_spent: anything,
    accepts_marketing: anything,
    last_order: fc.record({ created_at: anything }),
    tags: fc.array(text),
    metafields: fc.record({ custom: fc.record({ field: fc.record({ value: anything }) }) }),
  },
  { requiredKeys: [] },
)

it('is safe for every customer', () => {
  fc.assert(
    fc.property(customers, fc.boolean(), (customer, jsonEscapes) => {
      const { flags, visitor } = visit({ customer, settings, jsonEscapes })
      expect(Object.keys(flags)).toEqual(['x', 'y', 'n', 'i', 'd', 'b', 't', 'other'])
      expect(visitor.flags ?? {}).not.toHaveProperty('other')
      if (visitor.id === null) expect(Object.keys(visitor)).toEqual(['id'])
    }),
    { numRuns: 200 },
  )
})

const words =
  'x y Z bool int real str strs enum date off ttl aliases tag vip metafield custom.field : ; , -> = # - "'
const fragment = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(...words.split(' '), ' ', ' ', '\n', 'customer.orders_count', '<br />'),
  },
  { weight: 1, arbitrary: text },
)
const lines = fc.array(fragment, { maxLength: 60 }).map(parts => parts.join(''))
const setting = fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(undefined))

it('is safe for every setting', () => {
  const given = fc.record(
    {
      flags: fc.oneof(
        lines,
        lines.map(more => `x: str\ny: int\n${more}`),
      ),
      rules: lines,
      shared_id: fc.oneof(fc.constantFrom('email', 'metafield'), setting),
      id_metafield: fc.oneof(fc.constant('custom.field'), setting),
      max_flags: setting,
      consent: fc.oneof(fc.constant('cookie'), setting),
      consent_cookie: setting,
      consent_granted: setting,
      consent_denied: setting,
      guest: setting,
      follow: setting,
      notice_logout: setting,
      timeout: setting,
      important: setting,
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(customers, given, (customer, changed) => {
      visit({ customer, settings: changed })
    }),
    { numRuns: 200 },
  )
})
