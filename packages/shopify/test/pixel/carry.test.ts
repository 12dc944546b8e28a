import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addToCarry } from '../../pixel/add-to-carry.ts'
import { type CarryRecord, MAX_CARRIED_EVENTS, MAX_CARRY } from '../../pixel/carry-record.ts'
import type { EventName, Moment } from '../../pixel/moments.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const DAY = 86_400_000
const ada = { anonymousId: 'anonymous-1' }
type Carried = Parameters<typeof addToCarry>[1]

const moment = (changes: Partial<Carried> = {}): Carried => ({
  name: 'checkout_step',
  id: 'sh-1',
  at: NOW,
  properties: { step: 'contact' },
  state: 'contact',
  ...changes,
})
const add = (
  text: string | undefined,
  given: Carried,
  visitor: Parameters<typeof addToCarry>[3] = ada,
  now = NOW,
) => addToCarry(text, given, given.name, visitor, now + DAY, now)
const read = (text: string | undefined) => JSON.parse(text as string) as CarryRecord

test('keeps the events in order, and how far it came', () => {
  const started = add(
    undefined,
    moment({ name: 'checkout_started', properties: { total: 1, items: [{}] }, state: 'started' }),
  )
  const record = read(add(started, moment({ at: NOW + 1000 })))
  expect(record).toEqual({
    v: 1,
    expires: NOW + DAY,
    at: NOW + 1000,
    who: 'anonymous-1',
    flags: { checkout_state: 'contact' },
    events: [
      { name: 'checkout_started', at: NOW, properties: { total: 1 } },
      { name: 'checkout_step', at: NOW + 1000, properties: { step: 'contact' } },
    ],
  })
})

test('a refusal holds until there is an order', () => {
  const states = ['payment', 'failed', 'payment', 'completed', 'started'] as const
  let text: string | undefined
  const failed = states.map((state, index) => {
    text = add(text, moment({ state, at: NOW + index }))
    return read(text).flags.payment_failed
  })
  expect(failed).toEqual([undefined, true, true, false, false])
})

test('the same moment again is the same', () => {
  expect(read(add(add(undefined, moment()), moment())).events).toHaveLength(1)
})

test('what a page has told of the moments before does not hold for a new one', () => {
  const told = JSON.stringify({ ...read(add(undefined, moment())), events: [], told: 'contact' })
  expect(read(add(told, moment({ at: NOW + 1 })))).not.toHaveProperty('told')
})

test("the id of an e-mail's link is no shared one", () => {
  const before = add(undefined, moment(), { ...ada, userId: 'cio_0300' })
  expect(read(before)).not.toHaveProperty('user')
  expect(read(add(before, moment({ at: NOW + 1 }), { ...ada, userId: 'cio_0300' })).events).toHaveLength(2)
})

test('an event that is not sent leaves the state alone', () => {
  const record = read(addToCarry(null, moment(), false, ada, NOW + DAY, NOW))
  expect(record).toMatchObject({ events: [], flags: { checkout_state: 'contact' } })
})

test.each([
  ['another anonymous id', { anonymousId: 'anonymous-2' }, NOW],
  ['another person', { ...ada, userId: 'cust_7' }, NOW],
  ['another day', ada, NOW + DAY],
])('what is there of %s is not gone on with', (_who, visitor, now) => {
  const before = add(undefined, moment({ state: 'failed' }))
  const record = read(add(before, moment({ at: now + 1 }), visitor, now))
  expect(record.events).toHaveLength(1)
  expect(record.flags).toEqual({ checkout_state: 'contact' })
  expect(record.who).toBe(visitor.anonymousId)
})

const anyMoment: fc.Arbitrary<Carried> = fc.record({
  name: fc.string({ maxLength: 40 }) as fc.Arbitrary<EventName>,
  id: fc.string(),
  at: fc.nat(),
  properties: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
  state: fc.constantFrom<NonNullable<Moment['state']>>('started', 'contact', 'failed', 'completed'),
})

test('is never larger than 2 kB and 20 events, and keeps the newest', () => {
  fc.assert(
    fc.property(fc.array(anyMoment, { minLength: 1, maxLength: 60 }), moments => {
      let text: string | undefined
      for (const given of moments) {
        text = add(text, given) ?? text
        if (!text) continue
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_CARRY)
        expect(read(text).events.length).toBeLessThanOrEqual(MAX_CARRIED_EVENTS)
      }
      const last = read(text).events.at(-1)
      if (last) expect(moments.map(({ at }) => at)).toContain(last.at)
    }),
  )
})

test('twenty-five moments are the last twenty', () => {
  let text: string | undefined
  for (let at = 0; at < 25; at++) text = add(text, moment({ at: NOW + at, properties: {} }))
  expect(read(text).events.map(({ at }) => at - NOW)).toEqual(Array.from({ length: 20 }, (_, n) => n + 5))
})

test('whatever is stored there, a moment is added', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .record({
        v: fc.constant(1),
        expires: fc.constant(NOW + 1),
        who: fc.constant('anonymous-1'),
        flags: fc.jsonValue(),
        events: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
      })
      .map(record => JSON.stringify(record)),
  )
  fc.assert(
    fc.property(hostile, text => {
      const written = add(text, moment())
      expect(read(written).events.at(-1)).toEqual({
        name: 'checkout_step',
        at: NOW,
        properties: { step: 'contact' },
      })
      expect(Buffer.byteLength(written as string)).toBeLessThanOrEqual(MAX_CARRY)
    }),
  )
})
