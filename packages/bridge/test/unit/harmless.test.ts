import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Bridge, createBridge, defineFlags, type FlagPlan } from '../../src/index.ts'
import { failingFor } from './hostile.ts'
import { leavePage } from './page.ts'
import { vendors } from './ready-vendors.ts'

// Once for all: what FullStory may be told depends on a clock that is never set back.
beforeAll(() => {
  vi.useFakeTimers()
})
afterAll(() => {
  vi.useRealTimers()
})
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'debug').mockImplementation(() => {})
})
afterEach(() => {
  leavePage()
  vi.restoreAllMocks()
})

const plan = defineFlags({
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  vip_tier: { type: 'enum', values: ['none', 'gold'] },
  purchase_count: { type: 'int' },
  aov: { type: 'real' },
  last_order_date: { type: 'date' },
  cart_flow_variant: { type: 'str' },
})
const NAMES = Object.keys(plan)

type Loose = Record<string, (...args: unknown[]) => unknown>
/** The bridge of a new page in a new browser. */
const create = (config: unknown) => {
  leavePage()
  return (createBridge as unknown as (given: unknown) => Bridge<FlagPlan> & Loose)(config)
}

const minutes = () => vi.advanceTimersByTimeAsync(120_000)
const PROMISES = ['identify', 'guest', 'ready', 'flush']
/** After these a bridge need not go on as before. */
const FINAL = ['destroy', 'setConsent', 'impersonate']

/** Where in a call of a method a value may be; other methods get the last entry. */
const CALLS: Record<string, (value: unknown) => unknown[][]> = {
  identify: value => [
    [value],
    [value, value],
    ['cust_1', value],
    ['cust_1', { traits: value }],
    ['cust_1', { traits: { first_name: value } }],
    ['cust_1', { flags: value }],
    ['cust_1', { flags: Object.fromEntries(NAMES.map(name => [name, value])) }],
    ['cust_1', { via: value }],
  ],
  setFlags: value => [
    [value],
    [Object.fromEntries(NAMES.map(name => [name, value]))],
    ...NAMES.map(name => [{ [name]: value }]),
  ],
  track: value => [[value], [value, value], ['viewed', value], ['viewed', { price: value }]],
  ready: value => [[value], [{ timeout: value }]],
  flush: value => [[value], [{ timeout: value }]],
  // The page's own listener may throw: that is the page's own error, and told as such.
  on: value => [
    [value, () => {}],
    ...(typeof value === 'function'
      ? []
      : [
          ['warning', value],
          ['delivered', value],
        ]),
  ],
  '': value => [[value], [value, value], ['text', value], [{ name: value, properties: value, email: value }]],
}

describe('no method throws or rejects, whatever it is called with (HARMLESS)', () => {
  const methods = Object.keys(create({ flags: plan, consent: 'pending' }))

  test('all of them are tried', () =>
    expect(methods).toEqual(
      expect.arrayContaining(['identify', 'setFlags', 'track', 'logout', 'status', 'on', 'ready']),
    ))

  test.each(methods)(
    '%s',
    async method => {
      const calls = CALLS[method] ?? CALLS['']
      const failing = await failingFor(async value => {
        for (const args of calls?.(value) ?? []) {
          const { received, customerio, fullstory } = vendors()
          const bridge = create({ flags: plan, customerio, fullstory })
          const result = bridge[method]?.(...args)
          if (PROMISES.includes(method)) expect(result).toBeInstanceOf(Promise)
          if (result instanceof Promise) {
            const settled = vi.fn()
            result.then(settled)
            await minutes()
            expect(settled).toHaveBeenCalledTimes(1)
          }
          if (method === 'on') expect(result).toBeTypeOf('function')
          await minutes()
          if (FINAL.includes(method)) continue
          expect(await bridge.identify('cust_9')).toMatchObject({ id: 'cust_9' })
          bridge.setFlags({ vip_tier: 'gold' })
          bridge.track('after')
          await minutes()
          expect(bridge.status().identity.id).toBe('cust_9')
          expect([received.customerio.at(-1), received.fullstory.at(-1)]).toEqual(['after', 'after'])
          expect(received.flags.vip_tier).toBe('gold')
        }
      })
      expect(failing).toEqual([])
      // 10 MB of text take their time on a busy machine.
    },
    60_000,
  )

  test.each(methods)('%s of a bridge that was destroyed', async method => {
    const calls = CALLS[method] ?? CALLS['']
    const failing = await failingFor(async value => {
      const { received, customerio, fullstory } = vendors()
      const bridge = create({ flags: plan, customerio, fullstory })
      bridge.destroy()
      for (const args of calls?.(value) ?? []) await Promise.race([bridge[method]?.(...args), minutes()])
      await minutes()
      expect(received).toEqual({ customerio: [], fullstory: [], flags: {} })
    })
    expect(failing).toEqual([])
  })

  test('a hostile value costs no other flag of the same call', async () => {
    const failing = await failingFor(async value => {
      for (const name of NAMES) {
        const { received, customerio, fullstory } = vendors()
        const bridge = create({ flags: plan, customerio, fullstory })
        bridge.setFlags({ purchase_count: 3, [name]: value, cart_abandoner_4h: true } as object)
        await minutes()
        if (name !== 'purchase_count') expect(received.flags.purchase_count).toBe(3)
        expect(received.flags.cart_abandoner_4h).toBe(true)
      }
    })
    expect(failing).toEqual([])
  })

  test('a consent that is none leaves the consent as it was', async () => {
    const failing = await failingFor(async value => {
      for (const consent of ['granted', 'denied', 'pending'] as const) {
        const bridge = create({ flags: plan, consent })
        bridge.setConsent?.(value as never)
        expect(bridge.status().consent).toBe(consent)
      }
    })
    expect(failing).toEqual([])
  })
})

describe('createBridge does not throw, whatever is configured (HARMLESS)', () => {
  test('the whole configuration', async () => {
    const failing = await failingFor(async value => {
      const bridge = create(value)
      expect(await bridge.identify('cust_1')).toBeTypeOf('object')
      bridge.track('after')
      await minutes()
      expect(bridge.status().warnings).toBeInstanceOf(Array)
      bridge.destroy()
    })
    expect(failing).toEqual([])
  })

  const OPTIONS = ['consent', 'timeout', 'maxFlags', 'debug', 'identity', 'guest', 'storage', 'unknown']
  const vip = { type: 'enum', values: ['gold'], aliases: ['VIP'], ttl: '4h', off: 'gold' }
  test.each<[path: string, place: (value: unknown) => object]>([
    ...OPTIONS.map((name): [string, (value: unknown) => object] => [name, value => ({ [name]: value })]),
    ['identity.key', value => ({ identity: { key: value } })],
    ['identity.guest', value => ({ identity: { guest: value } })],
    ['identity.follow', value => ({ identity: { follow: value } })],
    ['flags', value => ({ flags: value })],
    ['flags.vip', value => ({ flags: { vip: value, ...plan } })],
    ...Object.keys(vip).map((part): [string, (value: unknown) => object] => [
      `flags.vip.${part}`,
      value => ({ flags: { vip: { ...vip, [part]: value }, ...plan } }),
    ]),
    ['flags.vip.values[0]', value => ({ flags: { vip: { ...vip, values: [value] }, ...plan } })],
    ['flags.vip.aliases[0]', value => ({ flags: { vip: { ...vip, aliases: [value] }, ...plan } })],
  ])('%s, and the bridge works', async (path, place) => {
    const failing = await failingFor(async value => {
      const { received, customerio, fullstory } = vendors()
      const bridge = create({ flags: plan, customerio, fullstory, ...place(value) })
      expect(await bridge.identify('cust_1', { flags: { vip: 'gold' } })).toBeTypeOf('object')
      // Not even readable: such a bridge does nothing, for consent may have been refused in there.
      if (path === 'identity' && bridge.status().consent === 'denied') return
      if (path !== 'flags' && path !== 'maxFlags') bridge.setFlags({ vip_tier: 'gold' })
      bridge.track('after')
      await minutes()
      expect(['granted', 'denied', 'pending']).toContain(bridge.status().consent)
      if (path === 'consent') return
      expect(received).toMatchObject({ customerio: ['after'], fullstory: ['after'] })
      if (path !== 'flags' && path !== 'maxFlags') expect(received.flags.vip_tier).toBe('gold')
      expect(bridge.status().identity.id).toBe('cust_1')
    })
    expect(failing).toEqual([])
  })

  test.each<['customerio' | 'fullstory', 'customerio' | 'fullstory', (value: unknown) => unknown]>([
    ['customerio', 'fullstory', value => value],
    ['customerio', 'fullstory', value => ({ ready: value, user: value })],
    [
      'customerio',
      'fullstory',
      value => ({ ready: (callback: () => void) => callback(), user: () => value }),
    ],
    // biome-ignore lint/suspicious/noThenProperty: what AnalyticsBrowser has.
    ['customerio', 'fullstory', value => ({ then: (done: (loaded: unknown) => void) => done(value) })],
    ['fullstory', 'customerio', value => value],
    ['fullstory', 'customerio', value => ({ api: value })],
    ['fullstory', 'customerio', value => () => value],
    ['fullstory', 'customerio', value => Object.assign(() => {}, { _v: value })],
  ])('a hostile %s: %s gets everything: %#', async (option, other, place) => {
    const failing = await failingFor(async value => {
      const { received, ...given } = vendors()
      const bridge = create({ flags: plan, ...given, [option]: place(value) })
      await bridge.identify('cust_1')
      bridge.track('after')
      await minutes()
      expect(received[other]).toEqual(['after'])
      expect(bridge.status().identity.id).toBe('cust_1')
      bridge.destroy()
    })
    expect(failing).toEqual([])
  })
})
