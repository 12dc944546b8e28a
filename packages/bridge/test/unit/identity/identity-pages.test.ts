import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { STORAGE_KEY } from '../../../src/identity/memory.ts'
import { open, said } from './trial.ts'

beforeEach(() => localStorage.clear())
afterEach(() => localStorage.clear())

const ADA = 'ada@example.com'
const stored = () => JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null')

describe('the next page', () => {
  test('goes on with the person, of whom only FullStory has to hear (ONCE)', () => {
    const before = open()
    before.ready()
    before.identity.become('A', null, 'login')
    before.ledger.set({ vip: true })
    before.tell(0)
    before.tell(1)
    before.identity.save()
    const { identity, ledger, ready, tell, changed, holds } = open()
    expect(identity.visitor).toMatchObject({ id: 'A', guest: null })
    expect(ledger.entries.vip?.value).toBe(true)
    // As the SDK does, across pages.
    holds.id = 'A'
    ready()
    identity.confirm()
    expect(said(tell(0))).toEqual([])
    expect(said(tell(1))).toEqual([['identify', 'A', false]])
    expect(changed).not.toHaveBeenCalled()
  })

  test('says what nobody was told on the page before', () => {
    const before = open()
    before.identity.become('A', null, 'login')
    before.identity.become('B', null, 'login')
    before.identity.save()
    const { identity, ready, tell } = open()
    ready()
    identity.become('B', null, 'login', { plan: 'pro' })
    const steps = tell(0)
    expect(said(steps)).toEqual([
      ['identify', 'A', false],
      ['identify', 'B', true],
    ])
    expect(steps).toMatchObject([{ owed: true }, { owed: true, properties: { plan: 'pro' } }])
  })

  test('says again what may not have arrived when the page was left', () => {
    const before = open()
    before.ready()
    before.identity.become('A', null, 'login')
    ;[before.customerio.queue.busy] = before.tell(0)
    before.telling.pageTurned('pagehide')
    const { ready, tell } = open()
    ready()
    expect(tell(0)).toMatchObject([{ kind: 'identify', id: 'A', owed: true }])
  })

  test('says again what the page before said when it was gone, which nobody has heard', () => {
    const before = open()
    before.ready()
    before.identity.become('A', null, 'login')
    before.telling.pageTurned('pagehide')
    before.telling.pageTurned('visibilitychange')
    before.tell(0)
    before.identity.save()
    const { ready, tell } = open()
    ready()
    expect(tell(0)).toMatchObject([{ kind: 'identify', id: 'A', owed: true }])
  })

  test('does not say again what was said on a page that was shown again', () => {
    const before = open()
    before.ready()
    before.telling.pageTurned('pagehide')
    before.telling.pageTurned('pageshow')
    before.identity.become('A', null, 'login')
    before.tell(0)
    before.identity.save()
    const { ready, tell, holds } = open()
    holds.id = 'A'
    ready()
    expect(tell(0)).toEqual([])
  })

  test('knows a few visitors only, the latest last', () => {
    const { identity } = open()
    for (let index = 0; index < 50; index++) identity.become(`cust_${index}`, null, 'login')
    identity.save()
    const { log } = stored()
    expect(log.length).toBeLessThanOrEqual(10)
    expect(log.at(-1)).toMatchObject({ id: 'cust_49' })
    const places = log.map(({ n }: { n: number }) => n)
    expect(places).toEqual([...new Set(places)].sort((a, b) => Number(a) - Number(b)))
  })

  test('remembers of a guest the address only', () => {
    const { identity } = open()
    identity.become(null, ADA, 'guest', { email: ADA, first_name: 'Ada' })
    identity.save()
    expect(stored().log.at(-1)).toMatchObject({ id: null, guest: ADA })
    expect(JSON.stringify(stored())).not.toContain('first_name')
  })

  test('finds nothing without consent (CONSENT)', () => {
    const { identity } = open({ isOpen: false })
    identity.become('A', null, 'login')
    identity.save()
    expect(stored()).toBeNull()
  })
})

describe('another tab', () => {
  test('goes on with the person whom this one announced, and does not say it once more', () => {
    const [mine, other] = [open(), open()]
    mine.ready()
    other.ready()
    mine.identity.become('A', null, 'login')
    mine.tell(0)
    mine.tell(1)
    mine.identity.save()
    other.identity.sync()
    expect(other.changed.mock.calls).toEqual([
      [{ id: 'A', previousId: null, via: 'tab', outcome: 'stitched' }],
    ])
    expect(other.identity.visitor.n).toBe(mine.identity.visitor.n)
    expect(other.tell(0)).toMatchObject([{ id: 'A', told: true, anonymousId: 'device' }])
    expect(said(other.tell(1))).toEqual([['identify', 'A', false]])
    other.identity.sync()
    expect(other.changed).toHaveBeenCalledTimes(1)
  })

  test('that is behind does not undo what was said here since', () => {
    const [mine, other] = [open(), open()]
    mine.identity.become('A', null, 'login')
    other.identity.become('B', null, 'login')
    mine.identity.save()
    other.identity.become('C', null, 'login')
    other.identity.sync()
    expect(other.identity.visitor.id).toBe('C')
  })
})

describe('somebody whom others identified through Customer.io', () => {
  test('is followed', () => {
    const { identity, holds, ready, tell, changed } = open()
    ready()
    holds.id = 'A'
    identity.follow('A')
    expect(changed.mock.calls).toEqual([
      [{ id: 'A', previousId: null, via: 'customerio', outcome: 'stitched' }],
    ])
    expect(said(tell(0))).toEqual([])
    expect(said(tell(1))).toEqual([['identify', 'A', false]])
  })

  test.each(['undefined', 'ada@example.com'])('with %s as id is nobody to FullStory', id => {
    const { identity, holds, ready, tell } = open()
    ready()
    identity.become('A', null, 'login')
    tell(0)
    holds.id = id
    identity.follow(id)
    expect(identity.visitor.id).toBeNull()
  })

  test('is not, where that is not wanted', () => {
    const { identity, holds, ready } = open({ follows: false })
    ready()
    holds.id = 'A'
    identity.follow('A')
    expect(identity.visitor.id).toBeNull()
  })
})
