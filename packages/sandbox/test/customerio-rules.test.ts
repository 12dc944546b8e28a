import { beforeEach, describe, expect, test } from 'vitest'
import { CustomerIoCollector } from '../src/customerio/collector.ts'
import type { CioMessage } from '../src/customerio/message.ts'
import { eventNames } from './customerio-stage.ts'

const DAY = 24 * 3600_000
const NOON = Date.parse('2026-03-01T12:00:00Z')

let collector: CustomerIoCollector
beforeEach(() => {
  collector = new CustomerIoCollector()
})

function send(...messages: Partial<CioMessage>[]): void {
  for (const message of messages) collector.apply({ type: 'identify', timestamp: NOON, ...message })
}

function rules(): string[] {
  return collector.violations.map(({ rule }) => rule)
}

describe('who a message is about', () => {
  test('an event names its person, who is made when there is none', () => {
    send({ type: 'track', userId: 'ann', anonymousId: 'device', event: 'bought', properties: { cart: 3 } })
    expect(collector.view()).toMatchObject({ people: [{ id: 'ann', identifyCalls: 0 }], anonymous: [] })
    expect(collector.person('ann')?.events).toEqual([
      {
        name: 'bought',
        properties: { cart: 3 },
        at: NOON,
        anonymousId: 'device',
        userId: 'ann',
        merged: false,
      },
    ])
  })

  test('an id that looks like an e-mail address is the address, in any spelling', () => {
    send({ userId: 'Ann@Shop.example', traits: { vip: true } }, { userId: 'ann@shop.example' })
    expect(collector.view().people).toMatchObject([
      { id: null, email: 'ann@shop.example', identifyCalls: 2, attributes: { vip: { value: true } } },
    ])
    expect(collector.person('ANN@shop.example')?.id).toBeNull()
  })

  test('without an id the e-mail trait identifies', () => {
    send({ anonymousId: 'device', traits: { email: 'ann@shop.example' } })
    expect(collector.person('ann@shop.example')).toMatchObject({ id: null, anonymousIds: ['device'] })
    expect(rules()).toEqual([])
  })

  test('a cio_ id addresses the person who has it, and nobody else', () => {
    send({ userId: 'ann' })
    const { cioId } = collector.person('ann') ?? { cioId: '' }
    send({ userId: `cio_${cioId}`, traits: { vip: true } }, { userId: 'cio_ffffffff', traits: { vip: true } })
    send({ type: 'track', userId: 'cio_ffffffff', event: 'bought' })
    expect(collector.view().people).toMatchObject([{ id: 'ann', attributes: { vip: { value: true } } }])
    expect(rules()).toEqual(['unknown_cio_id', 'unknown_cio_id'])
  })

  test.each<[string, Partial<CioMessage>]>([
    ['empty_id', { userId: ' ', anonymousId: 'device' }],
    ['empty_id', { type: 'track', userId: '', anonymousId: 'device', event: 'bought' }],
    ['id_too_long', { userId: 'x'.repeat(151), anonymousId: 'device' }],
    ['missing_id', { anonymousId: 'device', traits: { vip: true } }],
    ['missing_id', { type: 'track', event: 'bought' }],
  ])('%s: the message is dropped', (rule, message) => {
    send(message)
    expect(rules()).toEqual([rule])
    expect(collector.view()).toMatchObject({ people: [], anonymous: [] })
  })

  test('150 characters are fine', () => {
    send({ userId: 'x'.repeat(150) })
    expect(rules()).toEqual([])
    expect(collector.view().people).toHaveLength(1)
  })

  test('a new id with the address of somebody without an id is given to that person', () => {
    send({ userId: 'ann@shop.example' }, { userId: 'ann', traits: { email: 'ann@shop.example' } })
    expect(collector.view().people).toMatchObject([
      { id: 'ann', email: 'ann@shop.example', identifyCalls: 2 },
    ])
  })

  test('an address that somebody else has is not given away', () => {
    send(
      { userId: 'ann', traits: { email: 'ann@shop.example' } },
      { userId: 'bob', traits: { email: 'ann@shop.example', vip: true } },
    )
    expect(collector.person('bob')).toMatchObject({ email: null, attributes: { vip: { value: true } } })
    expect(collector.person('bob')?.attributes).not.toHaveProperty('email')
    expect(rules()).toEqual(['email_taken'])
  })
})

describe('anonymous activity', () => {
  const visit = (days: number): Partial<CioMessage> => ({
    type: 'track',
    anonymousId: 'device',
    event: `${days} days before`,
    timestamp: NOON - days * DAY,
  })

  test('stays with nobody until its device is identified', () => {
    send(visit(0), { type: 'page', anonymousId: 'device', name: 'Cart' })
    expect(collector.view()).toMatchObject({
      people: [],
      anonymous: [
        {
          anonymousId: 'device',
          events: [{ name: '0 days before', userId: null, merged: false }],
          pages: [{ name: 'Cart' }],
        },
      ],
    })
  })

  test('of the last 30 days goes to the person; what is older stays', () => {
    send(visit(31), visit(30), visit(1), { userId: 'ann', anonymousId: 'device' })
    expect(collector.person('ann')?.events).toMatchObject([
      { name: '30 days before', merged: true },
      { name: '1 days before', merged: true },
    ])
    expect(eventNames(collector.view().anonymous[0]?.events)).toEqual(['31 days before'])
  })

  test('after that belongs to the person too, also when it was sent before and comes late', () => {
    send({ userId: 'ann', anonymousId: 'device' }, visit(2), visit(-2))
    expect(collector.person('ann')?.events).toMatchObject([
      { name: '2 days before', userId: null, merged: true },
      { name: '-2 days before', userId: null, merged: true },
    ])
  })

  test('an event that names somebody does not merge the device', () => {
    send(visit(1), { type: 'track', userId: 'ann', anonymousId: 'device', event: 'bought' })
    expect(eventNames(collector.person('ann')?.events)).toEqual(['bought'])
    expect(collector.person('ann')?.anonymousIds).toEqual([])
  })

  test('one device identified as two people is a violation; each keeps what was said in their time', () => {
    send(
      visit(3),
      { userId: 'ann', anonymousId: 'device', timestamp: NOON - 2 * DAY },
      visit(1),
      { userId: 'bob', anonymousId: 'device' },
      visit(-1),
    )
    expect(rules()).toEqual(['anonymous_id_reused'])
    expect(eventNames(collector.person('ann')?.events)).toEqual(['3 days before', '1 days before'])
    expect(eventNames(collector.person('bob')?.events)).toEqual(['-1 days before'])
  })

  test('the same person again on the same device is none', () => {
    send({ userId: 'ann', anonymousId: 'device' }, { userId: 'ann', anonymousId: 'device' })
    expect(rules()).toEqual([])
  })
})

describe('order', () => {
  test('the time of a message decides, not its arrival', () => {
    send(
      { userId: 'ann', traits: { tier: 'gold', email: 'new@shop.example' } },
      { userId: 'ann', traits: { tier: 'none', email: 'old@shop.example' }, timestamp: NOON - DAY },
      { type: 'track', userId: 'ann', event: 'second' },
      { type: 'track', userId: 'ann', event: 'first', timestamp: new Date(NOON - DAY).toISOString() },
    )
    expect(collector.person('ann')).toMatchObject({
      email: 'new@shop.example',
      attributes: { tier: { value: 'gold', at: NOON } },
      events: [{ name: 'first' }, { name: 'second' }],
    })
    expect(collector.view().calls.map(({ name }) => name)).toEqual([null, null, 'second', 'first'])
  })

  test('a message id is applied once, and every arrival is listed', () => {
    const message = { type: 'track', userId: 'ann', event: 'bought', messageId: 'm1' } as const
    send(message, message)
    expect(eventNames(collector.person('ann')?.events)).toEqual(['bought'])
    expect(collector.view().calls.map(({ repeated }) => repeated)).toEqual([false, true])
  })
})

describe('limits', () => {
  const many = (count: number) => Object.fromEntries([...Array(count).keys()].map(n => [`a${n}`, n]))

  test.each([
    ['attribute_name_too_long', { ['ü'.repeat(76)]: 1 }, { ['ü'.repeat(75)]: 1 }],
    ['attribute_value_too_large', { bio: 'ü'.repeat(501) }, { bio: 'ü'.repeat(500) }],
    ['attribute_value_too_large', { list: many(200) }, { list: many(50) }],
    ['too_many_attributes', many(301), many(300)],
  ])('%s', (rule, over, within) => {
    send({ userId: 'ann', traits: within })
    expect(rules()).toEqual([])
    expect(Object.keys(collector.person('ann')?.attributes ?? {})).toEqual(Object.keys(within))
    send({ userId: 'bob', traits: over })
    expect(rules()).toEqual([rule])
    expect(collector.person('bob')?.attributes).toEqual({})
  })

  test.each([
    ['event_name_missing', { event: ' ' }],
    ['event_name_missing', {}],
    ['event_name_too_long', { event: 'x'.repeat(101) }],
    ['event_data_too_large', { event: 'bought', properties: { text: 'x'.repeat(100_000) } }],
  ])('%s: the event is dropped', (rule, message) => {
    send({ type: 'track', userId: 'ann', ...message })
    expect(rules()).toEqual([rule])
    expect(collector.view().people).toEqual([])
  })

  test('an attribute over a limit does not take the others with it', () => {
    send({ userId: 'ann', traits: { bio: 'x'.repeat(1001), tier: 'gold' } })
    expect(Object.keys(collector.person('ann')?.attributes ?? {})).toEqual(['tier'])
  })
})

describe('declared names', () => {
  test('any other attribute or event is a leak', () => {
    collector.declare(['tier'], ['bought'])
    send(
      {
        userId: 'ann',
        traits: { tier: 'gold', email: 'ann@shop.example', created_at: 1, cio_id: 'x', anonymous_id: 'y' },
      },
      { userId: 'ann', traits: { first_name: 'Ann', id: 'ann' } },
      { type: 'track', userId: 'ann', event: 'bought' },
      { type: 'track', userId: 'ann', event: 'Report Delivery Event' },
      { type: 'page', userId: 'ann', name: 'Cart' },
      { type: 'track', userId: 'ann', event: 'browsed' },
    )
    expect(rules()).toEqual(['undeclared_attribute', 'undeclared_attribute', 'undeclared_event'])
  })

  test('without a list of events every event is fine', () => {
    collector.declare([])
    send({ type: 'track', userId: 'ann', event: 'browsed' })
    expect(rules()).toEqual([])
  })
})

describe('reset', () => {
  test('forgets people, calls, violations and messages, and keeps what was declared', () => {
    collector.declare([])
    send({ userId: 'ann', traits: { tier: 'gold' }, messageId: 'm1' })
    collector.pushInbox({ to: 'ann', properties: {} })
    collector.reset()
    expect(collector.view()).toEqual({
      people: [],
      anonymous: [],
      calls: [],
      violations: [],
      inbox: [],
      connections: 0,
    })
    send({ userId: 'ann', traits: { tier: 'gold' }, messageId: 'm2' })
    expect(rules()).toEqual(['undeclared_attribute'])
    send({ userId: 'bob', messageId: 'm1' })
    expect(collector.person('bob')).toBeUndefined()
  })
})

describe('inboxes', () => {
  const inboxOf = (token: string) => collector.queueOf(token).inboxMessages

  test('the id and the address of one person are two of them', () => {
    send({ userId: 'ann', traits: { email: 'ann@shop.example' } })
    collector.pushInbox({ to: 'Ann@shop.example', properties: { by: 'address' } })
    expect(inboxOf('ann')).toEqual([])
    expect(inboxOf('ann@shop.example')).toMatchObject([{ properties: { by: 'address' } }])
  })

  test('a cio_ id leads to the inbox of the id', () => {
    send({ userId: 'ann' })
    const token = `cio_${collector.person('ann')?.cioId}`
    collector.pushInbox({ to: token, properties: {} })
    expect(inboxOf('ann')).toHaveLength(1)
    expect(inboxOf(token)).toHaveLength(1)
  })

  test('a message that has expired is not handed out', () => {
    collector.pushInbox({ to: 'ann', properties: {}, expiresInMs: -1 })
    const queueId = collector.pushInbox({ to: 'ann', properties: {}, expiresInMs: 60_000 })
    expect(inboxOf('ann')).toMatchObject([{ queueId, expiry: expect.stringMatching(/Z$/) }])
  })

  test('only its owner can open or remove a message', () => {
    const queueId = collector.pushInbox({ to: 'ann', topics: ['a', 'b'], properties: {} })
    expect(collector.updateMessage('bob', queueId, { opened: true })).toBe(false)
    expect(collector.finishMessage('bob', queueId)).toBe(false)
    expect(collector.updateMessage('ann', queueId, { opened: true })).toBe(true)
    expect(collector.finishMessage('ann', queueId)).toBe(true)
    expect(collector.view().inbox).toMatchObject([
      { queueId, topics: ['a', 'b'], opened: true, deleted: true },
    ])
    expect(inboxOf('ann')).toEqual([])
  })
})
