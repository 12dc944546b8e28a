import { describe, expect, test, vi } from 'vitest'
import type { FullStoryApi } from '../../../src/fullstory/find-fullstory.ts'
import { fullStoryV1 } from '../../../src/fullstory/v1.ts'

const SOURCE = 'retention-bridge'

/** The methods of an old snippet, which keep what they were called with. */
const open = () => {
  const fs = Object.assign(vi.fn(), {
    identify: vi.fn(),
    setUserVars: vi.fn(),
    setVars: vi.fn(),
    shutdown: vi.fn(),
    restart: vi.fn(),
    event: vi.fn(),
    anonymize: vi.fn(),
    getCurrentSessionURL: vi.fn(() => 'https://app.fullstory.com/ui/o/session/1'),
  })
  return { fs, call: fullStoryV1(fs) }
}

describe('each operation is a method of V1', () => {
  test('setIdentity', () => {
    const { fs, call } = open()
    call('setIdentity', { uid: 'cust_1' }, SOURCE)
    expect(fs.identify.mock.calls).toEqual([['cust_1', undefined, SOURCE]])
    expect(fs.anonymize).not.toHaveBeenCalled()
  })

  test('setIdentity of nobody', () => {
    const { fs, call } = open()
    call('setIdentity', { anonymous: true }, SOURCE)
    expect(fs.anonymize).toHaveBeenCalledTimes(1)
    expect(fs.identify).not.toHaveBeenCalled()
  })

  test('setProperties', () => {
    const { fs, call } = open()
    const properties = { vip_tier: 'gold' }
    call('setProperties', { type: 'user', properties, schema: { properties: { vip_tier: 'str' } } }, SOURCE)
    expect(fs.setUserVars.mock.calls).toEqual([[{ vip_tier_str: 'gold' }, SOURCE]])
    expect(fs.event).not.toHaveBeenCalled()
  })

  test('setProperties of the page', () => {
    const { fs, call } = open()
    const properties = { step: 'shipping', pageName: 'Checkout' }
    call('setProperties', { type: 'page', properties, schema: { properties: {} } }, SOURCE)
    expect(fs.setVars.mock.calls).toEqual([['page', { step_str: 'shipping', pageName: 'Checkout' }, SOURCE]])
    expect(fs.setUserVars).not.toHaveBeenCalled()
  })

  test.each(['shutdown', 'restart'] as const)('%s', operation => {
    const { fs, call } = open()
    call(operation, undefined, SOURCE)
    expect(fs[operation]).toHaveBeenCalledTimes(1)
  })

  test('trackEvent', () => {
    const { fs, call } = open()
    call('trackEvent', { name: 'cart_viewed', properties: { value: 3 }, schema: { properties: {} } }, SOURCE)
    expect(fs.event.mock.calls).toEqual([['cart_viewed', { value_real: 3 }, SOURCE]])
    expect(fs.setUserVars).not.toHaveBeenCalled()
  })

  test('getSession', () => {
    const { fs, call } = open()
    expect(call('getSession', { format: 'url.now' }, SOURCE)).toBe('https://app.fullstory.com/ui/o/session/1')
    expect(fs.getCurrentSessionURL).toHaveBeenCalledWith(true)
  })

  test('getConfig, which it has not', () => {
    const { call } = open()
    expect(call('getConfig', undefined, SOURCE)).toBeUndefined()
  })

  test('none of them calls FS itself', () => {
    const { fs, call } = open()
    for (const operation of ['setIdentity', 'setProperties', 'trackEvent', 'getSession', 'getConfig'])
      call(operation, { properties: {}, schema: { properties: {} } }, SOURCE)
    expect(fs).not.toHaveBeenCalled()
  })
})

describe('the type is a suffix of the name, which FullStory strips', () => {
  test.each<[name: string, value: unknown, type: string | undefined, expected: Record<string, unknown>]>([
    ['flag', true, 'bool', { flag_bool: true }],
    ['count', 3, 'int', { count_int: 3 }],
    ['aov', 3, 'real', { aov_real: 3 }],
    ['tier', 'gold', 'str', { tier_str: 'gold' }],
    ['sizes', ['s', 'm'], 'strs', { sizes_strs: ['s', 'm'] }],
    ['last', '2026-01-02T00:00:00.000Z', 'date', { last_date: '2026-01-02T00:00:00.000Z' }],
    // Without a declared type, as V2 infers it: a whole number may be a fraction the next time.
    ['count', 3, undefined, { count_real: 3 }],
    ['price', 12.5, undefined, { price_real: 12.5 }],
    ['yes', false, undefined, { yes_bool: false }],
    ['text', '12', undefined, { text_str: '12' }],
    ['list', [1, 2], undefined, { list_str: '[1,2]' }],
    ['items', [{ sku: 'mug' }], undefined, { items_str: '[{"sku":"mug"}]' }],
    ['item', { sku: 'mug' }, undefined, { item_str: '{"sku":"mug"}' }],
    // One suffix is stripped, so a name that ends like one is kept.
    ['amount_int', 1, undefined, { amount_int_real: 1 }],
  ])('%s: %j as %s', (name, value, type, expected) => {
    const { fs, call } = open()
    const options = {
      name: 'event',
      properties: { [name]: value },
      schema: { properties: type ? { [name]: type } : {} },
    }
    call('trackEvent', options, SOURCE)
    expect(fs.event.mock.calls[0]?.[1]).toEqual(expected)
  })
})

test('methods that are not there yet are done without', () => {
  const call = fullStoryV1((() => {}) as FullStoryApi)
  const options = { properties: {}, schema: { properties: {} } }
  for (const operation of ['setIdentity', 'setProperties', 'trackEvent', 'getSession'])
    expect(() => call(operation, options, SOURCE)).not.toThrow()
})
