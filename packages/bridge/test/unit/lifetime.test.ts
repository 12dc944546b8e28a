import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createBridge, defineFlags, type FlagValues } from '../../src/index.ts'
import { leavePage } from './page.ts'
import { vendors } from './ready-vendors.ts'

const HOUR = 3_600_000

// One clock for all: FullStory's budget is the page's, and its clock is never set back.
beforeAll(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
})
afterAll(() => {
  vi.useRealTimers()
})
afterEach(async () => {
  leavePage()
  await vi.advanceTimersByTimeAsync(61_000)
})

const flags = defineFlags({
  cart_abandoner: { type: 'bool', ttl: '4h' },
  vip_tier: { type: 'enum', values: ['none', 'gold'], ttl: '7d', off: 'none' },
  visits: { type: 'int', ttl: 90_000, off: 0 },
  sizes: { type: 'strs', ttl: '30m', off: ['none'] },
  variant: { type: 'str', ttl: '90s', off: '' },
  last_order: { type: 'date', ttl: '1d', off: '1970-01-01' },
  forever: { type: 'bool' },
})

/** A page of this browser, in which Customer.io's SDK remembers who was there: what FullStory is told on it. */
const visit = (id?: string) => {
  const { received, customerio, fullstory } = vendors(id)
  const told: object[] = []
  const listening = (operation: string, options?: unknown) => {
    const { type, properties } = (options ?? {}) as { type?: string; properties?: object }
    if (operation === 'setProperties' && type === 'user') told.push({ ...properties })
    return fullstory(operation, options)
  }
  const bridge = createBridge({ flags, customerio, fullstory: listening as never })
  return { bridge, received, told }
}
/** Leaves the page; what it has stored stays. */
const leave = ({ bridge }: ReturnType<typeof visit>) => {
  window.dispatchEvent(new Event('pagehide'))
  bridge.destroy()
}
const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

describe('a flag whose time is over (FRESH)', () => {
  test('is taken back at that time, on the open page', async () => {
    const { bridge, told } = visit()
    bridge.setFlags({ cart_abandoner: true, forever: true })
    await after(4 * HOUR - 1000)
    expect(told).toEqual([{ cart_abandoner: true, forever: true }])
    const heard = vi.fn()
    bridge.on('flags', heard)
    await after(2000)
    expect(told.slice(1)).toEqual([{ cart_abandoner: false }])
    expect(heard.mock.calls).toEqual([[{ values: { cart_abandoner: false }, source: 'ttl' }]])
    expect(bridge.status().flags.cart_abandoner).toMatchObject({ value: false, source: 'ttl', sent: true })
    await after(99 * HOUR)
    expect(told).toHaveLength(2)
  })

  test.each<[what: string, set: FlagValues<typeof flags>, off: object, ttl: number]>([
    ['enum', { vip_tier: 'gold' }, { vip_tier: 'none' }, 7 * 24 * HOUR],
    ['int, ttl in milliseconds', { visits: 3 }, { visits: 0 }, 90_000],
    ['list', { sizes: ['s', 'm'] }, { sizes: ['none'] }, HOUR / 2],
    ['str', { variant: 'b' }, { variant: '' }, 90_000],
    ['date', { last_order: '2026-01-01' }, { last_order: '1970-01-01T00:00:00.000Z' }, 24 * HOUR],
  ])('has the off value of its own: %s', async (_, set, off, ttl) => {
    const { bridge, told } = visit()
    bridge.setFlags(set)
    await after(ttl - 1000)
    expect(told).toHaveLength(1)
    await after(2000)
    expect(told.slice(1)).toEqual([off])
    await after(99 * 24 * HOUR)
    expect(told).toHaveLength(2)
  })

  test('has its time from when it was set last, also to the same value', async () => {
    const { bridge, told } = visit()
    bridge.setFlags({ cart_abandoner: true })
    await after(3 * HOUR)
    bridge.setFlags({ cart_abandoner: true })
    await after(3 * HOUR)
    expect(told).toEqual([{ cart_abandoner: true }])
    await after(HOUR + 1000)
    expect(told).toEqual([{ cart_abandoner: true }, { cart_abandoner: false }])
  })

  test('counts from when it became true, which may be long ago', async () => {
    const { bridge, told } = visit()
    bridge.setFlags({ cart_abandoner: true }, { source: 'inbox', at: Date.now() - 5 * HOUR })
    await after(100)
    expect(told.at(-1)).toEqual({ cart_abandoner: false })
  })

  test('is taken back when the laptop wakes: its clock went on, its timers did not', async () => {
    const { bridge, told } = visit()
    bridge.setFlags({ cart_abandoner: true })
    await after(100)
    vi.setSystemTime(Date.now() + 9 * HOUR)
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    await after(0)
    expect(told).toEqual([{ cart_abandoner: true }, { cart_abandoner: false }])
  })

  test('is taken back within a minute of waking, when nothing else happens', async () => {
    const { bridge, told } = visit()
    bridge.setFlags({ cart_abandoner: true })
    await after(100)
    vi.setSystemTime(Date.now() + 9 * HOUR)
    await after(60_000)
    expect(told).toEqual([{ cart_abandoner: true }, { cart_abandoner: false }])
  })

  test('is taken back first thing on the next visit, when the page was closed', async () => {
    const before = visit()
    before.bridge.identify('A', { flags: { cart_abandoner: true } })
    await after(100)
    leave(before)
    vi.setSystemTime(Date.now() + 5 * HOUR)
    const { told, bridge } = visit('A')
    await after(100)
    expect(told).toEqual([{ cart_abandoner: false }])
    expect(bridge.status().flags.cart_abandoner).toMatchObject({ value: false, source: 'ttl' })
  })

  test('is not taken back when the next page sets it first', async () => {
    const before = visit()
    before.bridge.setFlags({ cart_abandoner: true })
    await after(100)
    leave(before)
    vi.setSystemTime(Date.now() + 5 * HOUR)
    const { told, bridge } = visit()
    bridge.setFlags({ cart_abandoner: true })
    await after(100)
    expect(told).toEqual([])
    expect(bridge.status().flags.cart_abandoner).toMatchObject({ value: true, source: 'page' })
  })
})

describe('a flag of somebody who left', () => {
  test('is nobody else’s, and taken back when they return (NO-LEAK, FRESH)', async () => {
    const first = visit()
    first.bridge.identify('A', { flags: { cart_abandoner: true, vip_tier: 'gold' } })
    await after(100)
    first.bridge.identify('B', { flags: { forever: true } })
    await after(5 * HOUR)
    expect(first.told.slice(1)).toEqual([{ forever: true }])
    expect(first.bridge.status().flags).not.toHaveProperty('cart_abandoner')
    leave(first)
    const second = visit('B')
    second.bridge.identify('A')
    await after(100)
    expect(second.told).toEqual([{ cart_abandoner: false }])
    await after(7 * 24 * HOUR)
    expect(second.told.slice(1)).toEqual([{ vip_tier: 'none' }])
  })

  test('is known by name and time only', async () => {
    const { bridge } = visit()
    bridge.identify('A', { flags: { variant: 'the-value', vip_tier: 'gold' } })
    await after(100)
    bridge.logout()
    await after(100)
    expect(localStorage.retention_bridge).toContain('variant')
    expect(localStorage.retention_bridge).not.toMatch(/the-value|gold/)
  })

  test('is taken back after a logout that a page without consent has seen first', async () => {
    const first = visit()
    first.bridge.identify('A', { flags: { cart_abandoner: true } })
    await after(100)
    leave(first)
    // The theme's page without a customer: a logout before anything is loaded.
    const second = visit('A')
    second.bridge.logout()
    await after(5 * HOUR)
    expect(second.told).toEqual([])
    second.bridge.identify('A')
    await after(100)
    expect(second.told).toEqual([{ cart_abandoner: false }])
  })

  test('is what they were given since, not what ran out before', async () => {
    const { bridge, told } = visit()
    bridge.identify('A', { flags: { cart_abandoner: true } })
    await after(100)
    bridge.logout()
    await after(5 * HOUR)
    bridge.identify('A', { flags: { cart_abandoner: true } })
    await after(100)
    expect(told).toEqual([{ cart_abandoner: true }, { cart_abandoner: true }])
    await after(HOUR)
    expect(bridge.status().flags.cart_abandoner?.value).toBe(true)
  })
})

describe('status', () => {
  test('says since when, from where and until when', async () => {
    const { bridge } = visit()
    const at = Date.now()
    bridge.setFlags({ cart_abandoner: true, forever: true })
    await after(100)
    expect(bridge.status().flags).toMatchObject({
      cart_abandoner: { source: 'page', at, expires: at + 4 * HOUR },
      forever: { source: 'page', at, expires: undefined },
    })
    bridge.setFlags({ cart_abandoner: false })
    expect(bridge.status().flags.cart_abandoner?.expires).toBeUndefined()
  })

  test.each<object>([{ ttl: '4h' }, { ttl: 'soon', off: '' }, { ttl: '4h', off: 5 }])(
    'a lifetime that is none, %j, has no end and no loop',
    async wrong => {
      vi.spyOn(console, 'warn').mockImplementation(() => {})
      const { received, customerio, fullstory } = vendors()
      const bridge = createBridge({
        flags: { variant: { type: 'str', ...wrong } },
        customerio,
        fullstory: fullstory as never,
      })
      bridge.setFlags({ variant: 'b' })
      await after(99 * 24 * HOUR)
      expect(received.flags).toEqual({ variant: 'b' })
      expect(bridge.status().flags.variant?.expires).toBeUndefined()
    },
  )
})

describe('clearFlags', () => {
  test('forgets them here, and tells nobody', async () => {
    const { bridge, told } = visit()
    bridge.setFlags({ cart_abandoner: true })
    await after(100)
    bridge.clearFlags()
    await after(100)
    expect(bridge.status().flags).toEqual({})
    expect(JSON.parse(localStorage.retention_bridge).flags).toEqual({})
    await after(9 * HOUR)
    expect(told).toEqual([{ cart_abandoner: true }])
    bridge.setFlags({ cart_abandoner: true })
    await after(100)
    expect(told).toHaveLength(2)
  })

  test('also what was set in the same task', async () => {
    const { bridge, told } = visit()
    bridge.setFlags({ cart_abandoner: true, forever: true })
    bridge.clearFlags()
    bridge.setFlags({ forever: false })
    await after(100)
    expect(told).toEqual([{ forever: false }])
  })
})
