import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Bridge } from '../../../src/index.ts'
import { pageFlags } from '../../../src/sources/index.ts'
import { HOSTILE, throwingFor } from '../hostile.ts'
import { leavePage } from '../page.ts'
import { openBridge, type plan } from './page.ts'

const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
beforeEach(() => {
  document.body.innerHTML = ''
  warned.mockClear()
})
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

const tag = (text: string, id?: string, type = 'application/json') => {
  const script = document.createElement('script')
  script.setAttribute('type', type)
  script.setAttribute('data-retention-flags', '')
  if (id !== undefined) script.setAttribute('data-retention-id', id)
  script.textContent = text
  document.body.append(script)
  return script
}

test('what the tags say is set in the order of the document, and says where it is from', () => {
  const { bridge, flags } = openBridge()
  tag('{ "vip_tier": "silver", "purchase_count": 2 }')
  tag('{ "vip_tier": "gold" }')
  expect(pageFlags(bridge)).toEqual({ vip_tier: 'gold', purchase_count: 2 })
  expect(flags()).toEqual({ vip_tier: 'gold', purchase_count: 2 })
  expect(bridge.status().flags.vip_tier).toMatchObject({ source: 'page_json' })
})

test('scripts of another type, and without the attribute, are left alone', () => {
  const { bridge } = openBridge()
  tag('{ "vip_tier": "gold" }', undefined, 'text/plain')
  tag('{ "vip_tier": "gold" }').removeAttribute('data-retention-flags')
  expect(pageFlags(bridge)).toEqual({})
})

test.each([undefined, 'cust_1'])('called again it changes nothing, whosever they are (%s)', id => {
  vi.useFakeTimers({ now: 1e12 })
  const { bridge, flags } = openBridge()
  bridge.identify('cust_1')
  const heard = vi.fn()
  bridge.on('flags', heard)
  tag('{ "vip_tier": "none" }', id)
  tag('{ "vip_tier": "silver" }', id)
  pageFlags(bridge)
  expect(heard).toHaveBeenCalledTimes(2)
  pageFlags(bridge)
  expect(heard).toHaveBeenCalledTimes(2)
  vi.setSystemTime(1e12 + 5000)
  bridge.setFlags({ vip_tier: 'gold' })
  vi.setSystemTime(1e12 + 9000)
  pageFlags(bridge)
  expect(flags()).toEqual({ vip_tier: 'gold' })
  expect(heard).toHaveBeenCalledTimes(3)
})

test('tags that come later, and new content of one, are found by another call', () => {
  const { bridge, flags } = openBridge()
  const first = tag('{ "vip_tier": "silver" }')
  pageFlags(bridge)
  tag('{ "purchase_count": 3 }')
  expect(pageFlags(bridge)).toEqual({ purchase_count: 3 })
  first.textContent = '{ "vip_tier": "none" }'
  expect(pageFlags(bridge)).toEqual({ vip_tier: 'none' })
  expect(flags()).toEqual({ vip_tier: 'none', purchase_count: 3 })
})

test.each(['cust_2', '', ' cust_1', 'undefined'])('flags of %j are not those of cust_1 (NO-LEAK)', id => {
  const { bridge, flags } = openBridge()
  tag('{ "vip_tier": "gold" }', id)
  expect(pageFlags(bridge)).toEqual({})
  bridge.identify('cust_1')
  expect(pageFlags(bridge)).toEqual({})
  expect(flags()).toEqual({})
})

test('they are set once it is that person, and again when they come back (NO-LEAK)', () => {
  const { bridge, flags } = openBridge()
  tag('{ "vip_tier": "silver" }', '1042')
  tag('{ "vip_tier": "gold" }', '1042')
  expect(pageFlags(bridge)).toEqual({})
  bridge.identify(1042)
  expect(pageFlags(bridge)).toEqual({ vip_tier: 'gold' })
  bridge.logout()
  expect(pageFlags(bridge)).toEqual({})
  expect(flags()).toEqual({})
  bridge.identify(1042)
  pageFlags(bridge)
  expect(flags()).toEqual({ vip_tier: 'gold' })
})

test('without an id they are taken once: who comes after a logout does not get them (NO-LEAK)', () => {
  const { bridge, flags } = openBridge()
  bridge.identify('cust_1')
  tag('{ "vip_tier": "gold" }')
  pageFlags(bridge)
  bridge.logout()
  expect(pageFlags(bridge)).toEqual({})
  expect(flags()).toEqual({})
})

test('denied they are not taken, and are there when consent is given (CONSENT)', () => {
  const { bridge, flags } = openBridge('denied')
  tag('{ "vip_tier": "gold" }')
  expect(pageFlags(bridge)).toEqual({})
  bridge.setConsent('granted')
  expect(pageFlags(bridge)).toEqual({ vip_tier: 'gold' })
  expect(flags()).toEqual({ vip_tier: 'gold' })
})

test('while a support agent acts they are not taken', () => {
  const { bridge } = openBridge()
  tag('{ "vip_tier": "gold" }')
  bridge.impersonate(true)
  expect(pageFlags(bridge)).toEqual({})
})

test('what is no JSON object is skipped, with one warning that does not show it', () => {
  const { bridge, flags } = openBridge()
  for (const text of ['{ "secret": ', '', 'null', '[1]', '"gold"', '7', 'true', '<!-- -->']) tag(text)
  tag('\n  { "vip_tier": "gold" }\n')
  expect(pageFlags(bridge)).toEqual({ vip_tier: 'gold' })
  pageFlags(bridge)
  expect(flags()).toEqual({ vip_tier: 'gold' })
  expect(warned).toHaveBeenCalledTimes(1)
  expect(warned.mock.calls[0]?.[0]).toMatch(/pageFlags: left out/)
  expect(warned.mock.calls[0]?.[0]).not.toContain('secret')
})

test('__proto__ is a name as any other', () => {
  const { bridge, flags } = openBridge()
  tag('{ "__proto__": { "polluted": true }, "vip_tier": "gold" }')
  const passed = pageFlags(bridge)
  expect(Object.keys(passed)).toEqual(['__proto__', 'vip_tier'])
  expect(passed.polluted).toBeUndefined()
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect(flags()).toEqual({ vip_tier: 'gold' })
})

test('no bridge makes it throw (HARMLESS)', () => {
  tag('{ "vip_tier": "gold" }')
  expect(HOSTILE.length).toBeGreaterThan(20)
  expect(throwingFor(value => pageFlags(value as Bridge<typeof plan>))).toEqual([])
})
