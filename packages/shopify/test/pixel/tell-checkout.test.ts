import fc from 'fast-check'
import type { Bridge, FlagPlan, Status } from 'retention-bridge'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CARRY_KEY } from '../../pixel/carry-record.ts'
import { type TellCheckoutOptions, tellCheckout } from '../../src/index.ts'

/** This tab is the only one, so that it has the lock at once. */
const alone = async (_name: string, callback: () => unknown) => void callback()
beforeEach(() => vi.stubGlobal('navigator', { locks: { request: alone } }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  localStorage.clear()
})

const NOW = Date.UTC(2026, 0, 31, 12)

/** A bridge at rest that notes what it is told. */
const bridge = (id: string | null = null) => {
  const told: unknown[][] = []
  const status = {
    identity: { state: id ? 'known' : 'anonymous', id },
    consent: 'granted',
    vendors: { customerio: { anonymousId: 'anonymous-1', id }, fullstory: { state: 'ready' } },
  } as Status
  const methods: Partial<Bridge<FlagPlan>> = {
    status: () => status,
    on: () => () => {},
    ready: async () => status,
    track: (...call) => void told.push(['track', ...call]),
    setFlags: (...call) => void told.push(['setFlags', ...call]),
  }
  return { told, status, bridge: methods as Bridge<FlagPlan> }
}

const record = (changes: object = {}) => ({
  v: 1,
  expires: NOW + 1000,
  at: NOW - 5000,
  who: 'anonymous-1',
  flags: { checkout_state: 'completed', payment_failed: false },
  events: [
    { name: 'order_completed', at: NOW - 5000, properties: { order_id: '7', carried: 'no', age_s: -1 } },
  ],
  ...changes,
})

/** Tells what is stored; returns what was told and what is stored then. */
const tell = (
  stored: unknown,
  id: string | null = null,
  options: TellCheckoutOptions<FlagPlan> = { flags: { state: 'checkout_state', failed: 'payment_failed' } },
) => {
  vi.useFakeTimers({ now: NOW })
  localStorage.setItem(CARRY_KEY, typeof stored === 'string' ? stored : JSON.stringify(stored))
  const { told, bridge: target } = bridge(id)
  tellCheckout(target, options)()
  return { told, left: localStorage.getItem(CARRY_KEY) }
}

test('events with their age for FullStory alone, then the flags since the moment', () => {
  expect(tell(record())).toEqual({
    told: [
      ['track', 'order_completed', { order_id: '7', carried: true, age_s: 5 }, { to: 'fullstory' }],
      [
        'setFlags',
        { checkout_state: 'completed', payment_failed: false },
        { source: 'checkout', at: NOW - 5000 },
      ],
    ],
    left: null,
  })
})

test('abandoned since half an hour after the last moment', () => {
  const at = NOW - 1_800_001
  const { told, left } = tell(record({ at, events: [], flags: { checkout_state: 'payment' } }))
  expect(told).toEqual([['setFlags', { checkout_state: 'abandoned' }, { source: 'checkout', at: NOW - 1 }]])
  expect(left).toBeNull()
})

test('what a page has told is told no more', () => {
  const stored = record({ events: [], flags: { checkout_state: 'shipping' }, told: 'shipping' })
  expect(tell(stored)).toEqual({ told: [], left: JSON.stringify(stored) })
})

test.each([
  ['another anonymous id', record({ who: 'anonymous-2' }), null],
  ['another person', record({ user: 'cust_1' }), 'cust_2'],
  ['expired', record({ expires: NOW }), null],
  ['another version', record({ v: 2 }), null],
  ['without a time', record({ at: 'soon' }), null],
  ['too large', record({ who: 'anonymous-1', padding: 'x'.repeat(2000) }), null],
  ['not of an object', '7', null],
  ['damaged', '{"v":1', null],
])('what is %s is thrown away', (_what, stored, id) => {
  expect(tell(stored, id)).toEqual({ told: [], left: null })
})

test('who was logged in at checkout may be so in a moment', () => {
  const stored = record({ user: 'cust_1' })
  expect(tell(stored)).toEqual({ told: [], left: JSON.stringify(stored) })
  expect(tell(stored, 'cust_1').told).toHaveLength(2)
})

test.each<[string, (status: Status) => void]>([
  [
    'there is no consent',
    status => {
      status.consent = 'pending'
    },
  ],
  [
    'an agent acts',
    status => {
      status.identity.state = 'impersonated'
    },
  ],
  [
    'FullStory is not ready',
    status => {
      status.vendors.fullstory.state = 'waiting'
    },
  ],
  [
    'the anonymous id is not known',
    status => {
      status.vendors.customerio.anonymousId = undefined
    },
  ],
  [
    'the SDK is at another person than the bridge',
    status => {
      status.vendors.customerio.id = 'cust_1'
    },
  ],
])('as long as %s nothing is read', (_what, change) => {
  vi.useFakeTimers({ now: NOW })
  localStorage.setItem(CARRY_KEY, JSON.stringify(record()))
  const { told, status, bridge: target } = bridge()
  change(status)
  tellCheckout(target)
  expect([told.length, localStorage.length]).toEqual([0, 1])
})

test('while another tab has the lock nothing is taken', () => {
  vi.stubGlobal('navigator', { locks: { request: () => new Promise(() => {}) } })
  expect(tell(record())).toEqual({ told: [], left: JSON.stringify(record()) })
})

test('the flags alone, where FullStory has the events already', () => {
  const { told } = tell(record(), null, { events: false, flags: { state: 'checkout_state' } })
  expect(told.map(([kind]) => kind)).toEqual(['setFlags'])
})

test('whatever is stored, nothing is thrown, and little is told', () => {
  const shaped = fc.record(
    {
      v: fc.constant(1),
      expires: fc.oneof(fc.constant(NOW + 1000), fc.jsonValue()),
      at: fc.oneof(fc.constant(NOW), fc.jsonValue()),
      who: fc.constant('anonymous-1'),
      user: fc.oneof(fc.constant(undefined), fc.jsonValue()),
      flags: fc.jsonValue(),
      events: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 100 }), fc.jsonValue()),
      told: fc.jsonValue(),
    },
    { requiredKeys: ['v', 'who'] },
  )
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    shaped.map(value => JSON.stringify(value)),
  )
  fc.assert(
    fc.property(hostile, stored => {
      const { told, left } = tell(stored)
      expect(told.filter(([kind]) => kind === 'track').length).toBeLessThanOrEqual(20)
      expect((left ?? '').length).toBeLessThanOrEqual(2100)
    }),
  )
})

test('in Node, without a page, it is quiet', () => {
  vi.stubGlobal('localStorage', undefined)
  const { told, bridge: target } = bridge()
  expect(() => tellCheckout(target)()).not.toThrow()
  expect(told).toEqual([])
})
