import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBridge, defineFlags } from '../../../src/index.ts'
import { flagTraits } from '../../../src/traits/index.ts'
import { leavePage } from '../page.ts'
import { vendors } from '../ready-vendors.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'gold'], ttl: '1h', off: 'none' },
  orders: { type: 'int' },
  secret: { type: 'bool' },
})

const start = () => {
  const { customerio, fullstory } = vendors()
  const told: unknown[][] = []
  let held: object = {}
  const sdk = {
    ...customerio,
    user: () => ({ ...customerio.user(), traits: () => held }),
    identify: (id: unknown, traits: object) => {
      told.push([id, traits])
      held = { ...held, ...traits }
      return customerio.identify(id)
    },
    reset: () => {
      held = {}
      customerio.reset()
    },
  }
  const bridge = createBridge({ flags, customerio: sdk as never, fullstory })
  const stop = flagTraits(bridge, ['vip_tier', 'orders'])
  return { bridge, told, stop, settled: () => vi.advanceTimersByTimeAsync(100) }
}

test('flags of a known person are traits, the named ones, once', async () => {
  const { bridge, told, settled } = start()
  bridge.identify('A')
  bridge.setFlags({ vip_tier: 'gold', secret: true })
  await settled()
  expect(told).toEqual([['A', { vip_tier: 'gold' }]])
  bridge.setFlags({ vip_tier: 'gold', orders: 3 })
  await settled()
  expect(told.slice(1)).toEqual([['A', { vip_tier: 'gold', orders: 3 }]])
  await settled()
  expect(told).toHaveLength(2)
})

test('those of an anonymous visitor are copied when they are known', async () => {
  const { bridge, told, settled } = start()
  bridge.setFlags({ orders: 1 })
  bridge.guest({ email: 'ada@example.com' })
  await settled()
  expect(JSON.stringify(told)).not.toContain('orders')
  bridge.identify('A', { traits: { email: 'ada@example.com' } })
  await settled()
  expect(told.at(-1)).toEqual(['A', { email: 'ada@example.com', orders: 1 }])
})

test('what came from Customer.io is not sent back, nor is its end', async () => {
  const { bridge, told, settled } = start()
  bridge.identify('A')
  bridge.setFlags({ vip_tier: 'gold' }, { source: 'inbox' })
  await settled()
  await vi.advanceTimersByTimeAsync(3_700_000)
  expect(bridge.status().flags.vip_tier).toMatchObject({ value: 'none', source: 'ttl' })
  expect(told).toEqual([['A', {}]])
})

test('the end of a flag of the page’s is one of the trait', async () => {
  const { bridge, told, settled } = start()
  bridge.identify('A', { flags: { vip_tier: 'gold' } })
  await settled()
  await vi.advanceTimersByTimeAsync(3_700_000)
  expect(told.at(-1)).toEqual(['A', { vip_tier: 'none' }])
})

test('nobody has those of somebody else (NO-LEAK)', async () => {
  const { bridge, told, settled } = start()
  bridge.identify('A', { flags: { orders: 9 } })
  await settled()
  bridge.identify('B')
  await settled()
  expect(told.filter(([id]) => id === 'B')).toEqual([['B', {}]])
})

test('nothing after it has ended', async () => {
  const { bridge, told, stop, settled } = start()
  bridge.identify('A')
  await settled()
  stop()
  bridge.setFlags({ orders: 3 })
  bridge.identify('B')
  await settled()
  expect(JSON.stringify(told)).not.toContain('orders')
})
