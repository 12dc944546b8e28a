import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { open, said } from './trial.ts'

beforeEach(() => localStorage.clear())
afterEach(() => localStorage.clear())

const ADA = 'ada@example.com'

describe('who the visitor is', () => {
  test('is told to listeners when it changes, and only then', () => {
    const { identity, changed } = open()
    expect(identity.become('A', null, 'login')).toMatchObject({ outcome: 'stitched', previousId: null })
    expect(identity.become('A', null, 'login')).toMatchObject({ outcome: 'unchanged', previousId: 'A' })
    expect(identity.become('B', null, 'checkout')).toMatchObject({ outcome: 'switched', previousId: 'A' })
    expect(identity.become(null, null, 'logout')).toMatchObject({ outcome: 'left', previousId: 'B' })
    expect(changed.mock.calls.map(([event]) => event)).toEqual([
      { id: 'A', previousId: null, via: 'login', outcome: 'stitched' },
      { id: 'B', previousId: 'A', via: 'checkout', outcome: 'switched' },
      { id: null, previousId: 'B', via: 'logout', outcome: 'left' },
    ])
  })

  test('leaves on a logout, even where nobody is known: a vendor may know better (NO-LEAK)', () => {
    const { identity, ready, tell } = open()
    ready()
    expect(identity.become(null, null, 'logout').outcome).toBe('left')
    expect(said(tell(0))).toEqual([['reset', null, true]])
    expect(identity.become(null, null, 'logout').outcome).toBe('unchanged')
  })

  test('is told to each vendor in order, once, and cut where nothing is carried over (ORDER)', () => {
    const { identity, ready, tell } = open()
    ready()
    identity.become('A', null, 'login')
    identity.become(null, null, 'logout')
    identity.become('B', null, 'login')
    const expected = [
      ['identify', 'A', false],
      ['reset', null, true],
      ['identify', 'B', false],
    ]
    expect(said(tell(0))).toEqual(expected)
    expect(said(tell(1))).toEqual(expected)
    expect([identity.next(0), identity.next(1)]).toEqual([undefined, undefined])
  })

  test('takes traits along, all that were given until it is told', () => {
    const { identity, ready, tell } = open()
    ready()
    identity.become('A', null, 'login', { plan: 'free', city: 'Paris' })
    identity.become('A', null, 'login', { plan: 'pro' })
    expect(tell(0)).toMatchObject([{ id: 'A', properties: { plan: 'pro', city: 'Paris' } }])
    expect(tell(1)).toMatchObject([{ id: 'A', properties: {} }])
  })

  test('is forgotten at the end, and what goes with it', () => {
    const { identity, ledger, ready } = open()
    ready()
    identity.become('A', null, 'login')
    ledger.set({ vip: true })
    identity.end()
    expect(identity.visitor).toMatchObject({ id: null, guest: null })
    expect(ledger.entries).toEqual({})
    expect(identity.isKnown('A')).toBe(false)
  })
})

describe('a guest', () => {
  test('has an address in Customer.io, and none of an id in FullStory', () => {
    const { identity, ready, tell, fullstory } = open()
    ready()
    identity.become(null, ADA, 'guest')
    expect(tell(0)).toMatchObject([{ kind: 'identify', id: null, properties: { email: ADA } }])
    expect(tell(1)).toMatchObject([{ kind: 'reset', id: null }])
    expect(fullstory.pushed).toMatchObject([{ kind: 'update', properties: { email: ADA } }])
  })

  test('stays the same visitor on a login with that address (STITCH)', () => {
    const { identity, ready, tell, fullstory } = open()
    ready()
    identity.become(null, ADA, 'guest')
    expect(identity.become('A', null, 'login', { email: ' Ada@Example.com' }).outcome).toBe('stitched')
    expect(said(tell(0))).toEqual([
      ['identify', null, false],
      ['identify', 'A', false],
    ])
    expect(fullstory.pushed.map(({ properties }) => properties.email)).not.toContain(null)
  })

  test('is taken back from FullStory before somebody else (NO-LEAK)', () => {
    const { identity, ledger, ready, tell, fullstory } = open()
    ready()
    identity.become(null, ADA, 'guest')
    const { n } = identity.visitor
    tell(1)
    ledger.set({ vip: true })
    expect(identity.become('B', null, 'login').outcome).toBe('switched')
    expect(fullstory.pushed.at(-1)).toMatchObject({
      kind: 'update',
      n,
      properties: { vip: null, email: null },
    })
    expect(ledger.entries).toEqual({})
  })

  test('whose address FullStory must not have', () => {
    const { identity, ready, tell, fullstory } = open({ showsGuests: false })
    ready()
    identity.become('hash', ADA, 'guest')
    expect(said(tell(1))).toEqual([['identify', 'hash', false]])
    expect(fullstory.pushed).toEqual([])
  })
})
