import { describe, expect, test, vi } from 'vitest'
import { createLedger } from '../../../src/flags/ledger.ts'
import { readPlan } from '../../../src/flags/plan.ts'

const open = () => {
  const warn = vi.fn()
  const report = { warn, list: () => [] }
  const plan = {
    vip_tier: { type: 'enum', values: ['none', 'gold'], aliases: ['VIP'] },
    purchase_count: { type: 'int' },
    cart_abandoner: { type: 'bool' },
  }
  return { ledger: createLedger(readPlan(plan, 15, report), report), warn }
}
type Opened = ReturnType<typeof open>
const values = ({ ledger }: Opened) =>
  Object.fromEntries(Object.entries(ledger.entries).map(([name, { value, sent }]) => [name, [value, sent]]))

test('a clock that was set back does not lock a flag', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12) })
  const { ledger } = open()
  ledger.set({ vip_tier: 'none' })
  vi.setSystemTime(Date.UTC(2026, 0, 1, 6))
  expect(ledger.set({ vip_tier: 'gold' })).toEqual({ vip_tier: 'gold' })
  vi.useRealTimers()
})

describe('what is sent', () => {
  test('is what FullStory was not given yet, with its type (ONCE)', () => {
    const { ledger } = open()
    expect(ledger.set({ VIP: 'gold', purchase_count: 3 })).toEqual({ vip_tier: 'gold', purchase_count: 3 })
    expect(ledger.unsent()).toEqual({
      properties: { vip_tier: 'gold', purchase_count: 3 },
      types: { vip_tier: 'str', purchase_count: 'int' },
    })
    ledger.settle({ vip_tier: 'gold' })
    expect(ledger.unsent().properties).toEqual({ purchase_count: 3 })
    expect(ledger.set({ vip_tier: 'gold' })).toEqual({})
    expect(ledger.unsent().properties).toEqual({ purchase_count: 3 })
  })

  test('is a value that changed while another one was on its way', () => {
    const { ledger } = open()
    ledger.set({ purchase_count: 3 })
    ledger.set({ purchase_count: 4 })
    ledger.settle({ purchase_count: 3 })
    expect(ledger.unsent().properties).toEqual({ purchase_count: 4 })
  })

  test('is a dropped value only once it is set again', () => {
    const { ledger } = open()
    ledger.set({ purchase_count: 3 })
    ledger.settle({ purchase_count: 3 }, 'full')
    expect(ledger.unsent().properties).toEqual({})
    expect(ledger.set({ purchase_count: 3 })).toEqual({ purchase_count: 3 })
    expect(ledger.unsent().properties).toEqual({ purchase_count: 3 })
  })

  test('is taken back from FullStory, all of it, as nothing', () => {
    const { ledger } = open()
    ledger.set({ vip_tier: 'gold', purchase_count: 3 })
    ledger.settle({ vip_tier: 'gold' })
    expect(ledger.unsent(true)).toEqual({
      properties: { vip_tier: null, purchase_count: null },
      types: { vip_tier: 'str', purchase_count: 'int' },
    })
  })
})

describe('since when a value is true', () => {
  const now = Date.now()

  test('what was set later stays', () => {
    const { ledger } = open()
    expect(ledger.set({ vip_tier: 'gold' }, 'page', now - 1000)).toEqual({ vip_tier: 'gold' })
    expect(ledger.set({ vip_tier: 'none' }, 'inbox', now - 2000)).toEqual({})
    expect(ledger.entries.vip_tier).toMatchObject({ value: 'gold', source: 'page', at: now - 1000 })
    expect(ledger.set({ vip_tier: 'none' }, 'inbox', now - 500)).toEqual({ vip_tier: 'none' })
    expect(ledger.entries.vip_tier).toMatchObject({ value: 'none', source: 'inbox', at: now - 500 })
  })

  test('a clock that is fast does not lock a flag', () => {
    const { ledger } = open()
    ledger.set({ vip_tier: 'gold' }, 'inbox', now + 3_600_000)
    expect(ledger.entries.vip_tier?.at).toBeLessThanOrEqual(Date.now())
    expect(ledger.set({ vip_tier: 'none' })).toEqual({ vip_tier: 'none' })
  })
})

describe('what was stored is taken up', () => {
  const at = 1_700_000_000_000

  test('as it was: when it was set and by whom, and whether it was sent', () => {
    const opened = open()
    const stored = {
      vip_tier: { value: 'gold', source: 'inbox', at, sent: true },
      purchase_count: { value: 3, source: 'page', at, sent: false },
    }
    opened.ledger.restore(stored)
    expect(opened.ledger.entries).toEqual(stored)
    expect(opened.ledger.unsent().properties).toEqual({ purchase_count: 3 })
    expect(opened.ledger.set({ vip_tier: 'gold' })).toEqual({})
  })

  test('as far as the plan still has it', () => {
    const opened = open()
    opened.ledger.restore({
      vip_tier: { value: 'platinum', at, sent: true },
      purchase_count: { value: '3', at, sent: true },
      unknown: { value: true, at, sent: true },
      cart_abandoner: { value: true, at, sent: true },
    })
    expect(values(opened)).toEqual({ cart_abandoner: [true, true] })
  })

  test('without what was sent here and is not stored any more; what was not sent stays', () => {
    const opened = open()
    opened.ledger.set({ vip_tier: 'gold', purchase_count: 3 })
    opened.ledger.settle({ vip_tier: 'gold' })
    opened.ledger.restore({ cart_abandoner: { value: true, at, sent: true } })
    expect(values(opened)).toEqual({ purchase_count: [3, false], cart_abandoner: [true, true] })
  })

  test.each([
    undefined,
    null,
    'text',
    7,
    [],
    [1],
    { vip_tier: null },
    { vip_tier: 'gold' },
    { vip_tier: [] },
  ])('not at all: %j', stored => {
    const opened = open()
    expect(() => opened.ledger.restore(stored)).not.toThrow()
    expect(values(opened)).toEqual({})
  })
})
