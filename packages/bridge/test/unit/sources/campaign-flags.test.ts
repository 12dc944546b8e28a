import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Bridge } from '../../../src/index.ts'
import { type CampaignOptions, campaignFlags } from '../../../src/sources/index.ts'
import { throwingFor } from '../hostile.ts'
import { leavePage } from '../page.ts'
import { openBridge, plan } from './page.ts'

const HOME = 'https://shop.example/'
const at = (address: string) => {
  ;(window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    new URL(address, HOME).href,
  )
}
beforeEach(() => at('/'))
afterEach(leavePage)

test('the usual parameters set the flags that are declared, as their type', () => {
  const { bridge, flags } = openBridge()
  at('/cart?cio_flow=1&cio_variant=b&utm_source=newsletter&utm_campaign=spring&cio_delivery=RPIL&other=1')
  const expected = { entered_cart_flow: true, cart_flow_variant: 'b', utm_source: 'newsletter' }
  expect(campaignFlags(bridge, { flags: plan })).toEqual(expected)
  expect(flags()).toEqual(expected)
  expect(bridge.status().flags.utm_source).toMatchObject({ source: 'campaign' })
  expect(bridge.status().warnings).toEqual([])
})

test('parameters add to the map, replace and turn off', () => {
  const { bridge } = openBridge()
  at('/?n=3&v=12.50&when=2026-01-02&cio_variant=x&utm_source=mail&tier=Gold')
  const parameters = {
    n: 'purchase_count',
    v: 'aov',
    when: 'last_order_date',
    cio_variant: 'utm_source',
    utm_source: false,
    tier: 'vip_tier',
  } as const
  expect(campaignFlags(bridge, { flags: plan, parameters })).toEqual({
    purchase_count: 3,
    aov: 12.5,
    last_order_date: '2026-01-02',
    utm_source: 'x',
    vip_tier: 'gold',
  })
  expect(bridge.status().warnings).toEqual([])
})

test('of a repeated parameter the last counts, also where it does not fit', () => {
  const { bridge } = openBridge()
  at('/?utm_source=a&cio_flow=yes&utm_source=b&cio_flow=maybe')
  expect(campaignFlags(bridge, { flags: plan })).toEqual({ utm_source: 'b' })
})

test('remove takes what was read out of the address bar, and nothing else', () => {
  const { bridge } = openBridge()
  const state = { scroll: 7 }
  history.replaceState(state, '')
  // Declared is utm_source only; the others are as a browser would not write them itself.
  const others = 'q=a%20b+c&flag&%5Bx%5D=%e4&utm_medium=mail&empty='
  at(`/list?utm_source=x&${others}&utm%5Fsource=y#utm_source=z`)
  const { length } = history
  const replace = vi.spyOn(history, 'replaceState')
  campaignFlags(bridge, { flags: plan })
  expect(replace).not.toHaveBeenCalled()
  expect(campaignFlags(bridge, { flags: plan, remove: true })).toEqual({ utm_source: 'y' })
  expect(replace).toHaveBeenCalledWith(history.state, '', `${HOME}list?${others}#utm_source=z`)
  expect(history.length).toBe(length)
  expect(campaignFlags(bridge, { flags: plan, remove: true })).toEqual({})
  expect(replace).toHaveBeenCalledTimes(1)
  replace.mockRestore()
})

test('remove leaves no question mark behind', () => {
  const { bridge } = openBridge()
  at('/?cio_flow=1#top')
  campaignFlags(bridge, { flags: plan, remove: true })
  expect(location.href).toBe(`${HOME}#top`)
})

test('an address bar that cannot be changed costs no flag', () => {
  const { bridge, flags } = openBridge()
  at('/?cio_flow=1')
  const replace = vi.spyOn(history, 'replaceState').mockImplementation(() => {
    throw new Error('too often')
  })
  expect(campaignFlags(bridge, { flags: plan, remove: true })).toEqual({ entered_cart_flow: true })
  expect(flags()).toEqual({ entered_cart_flow: true })
  replace.mockRestore()
})

test('denied, nothing is read and the address stays (CONSENT)', () => {
  const { bridge } = openBridge('denied')
  at('/?cio_flow=1')
  expect(campaignFlags(bridge, { flags: plan, remove: true })).toEqual({})
  expect(location.search).toBe('?cio_flow=1')
  bridge.setConsent('granted')
  expect(campaignFlags(bridge, { flags: plan, remove: true })).toEqual({ entered_cart_flow: true })
  expect(location.search).toBe('')
})

test.each([
  ['malformed encoding', '%E0%A4%A&utm_source=%ZZ%', { utm_source: '%ZZ%' }],
  ['100 kB in one value', `utm_source=${'x'.repeat(1e5)}&cio_flow`, { entered_cart_flow: true }],
  ['100 kB of parameters', `${'a&'.repeat(5e4)}cio_flow=1`, { entered_cart_flow: true }],
  ['names of prototypes', '__proto__=1&constructor=2&toString=3&hasOwnProperty=4', {}],
  ['control characters', 'utm_source=%00a%0D%0Ab%7F', { utm_source: 'ab' }],
])('a hostile address: %s', (_, search, expected) => {
  const { bridge } = openBridge()
  at(`/?${search}`)
  // Of the processor: how long others keep it is not the question.
  const before = process.cpuUsage()
  expect(campaignFlags(bridge, { flags: plan, remove: true })).toEqual(expected)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000)
  expect(bridge.status().warnings).toEqual([])
})

const parameter = fc.constantFrom(
  'cio_flow',
  'cio_variant',
  'utm_source',
  'tier',
  'n',
  'v',
  'when',
  '__proto__',
  'constructor',
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('1', 'no', 'gold', '-3', '4.5', '2026-02-03', '9999-12-31T23:59:59-12:00', '0000-01-01'),
  fc.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.Z+-]{0,16}$/),
)

test('whatever the address says, the bridge takes all that is passed on, and nothing else changes', () => {
  const { bridge, flags } = openBridge()
  const parameters = { tier: 'vip_tier', n: 'purchase_count', v: 'aov', when: 'last_order_date' } as const
  fc.assert(
    fc.property(fc.array(fc.tuple(parameter, text), { maxLength: 12 }), pairs => {
      at(`/?${new URLSearchParams(pairs)}`)
      const passed = campaignFlags(bridge, { flags: plan, parameters, remove: true }) as Record<
        string,
        unknown
      >
      expect(Object.keys(passed).filter(name => !Object.hasOwn(plan, name))).toEqual([])
      expect(bridge.status().warnings).toEqual([])
      for (const [name, value] of Object.entries(passed))
        expect(flags()[name]).toEqual(
          name === 'last_order_date' ? new Date(value as string).toISOString() : value,
        )
      expect(location.search.replace(/\b(__proto__|constructor)=[^&]*&?/g, '')).toBe(
        location.search.startsWith('?') ? '?' : '',
      )
    }),
    { numRuns: 500 },
  )
})

test('nothing makes it throw (HARMLESS)', () => {
  const { bridge } = openBridge()
  at('/?cio_flow=1&utm_source=x')
  const options = (value: unknown) => value as CampaignOptions<typeof plan>
  expect(throwingFor(value => campaignFlags(bridge, options(value)))).toEqual([])
  expect(throwingFor(value => campaignFlags(bridge, options({ flags: value })))).toEqual([])
  expect(throwingFor(value => campaignFlags(bridge, options({ flags: { utm_source: value } })))).toEqual([])
  expect(throwingFor(value => campaignFlags(bridge, options({ flags: plan, parameters: value })))).toEqual([])
  expect(throwingFor(value => campaignFlags(value as Bridge<typeof plan>, { flags: plan }))).toEqual([])
})
