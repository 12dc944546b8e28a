import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Limits, Trial } from './trial.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const serials = ({ calls }: Trial) => calls.map(({ serial }) => serial)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const open = (limits?: Limits) => {
  const trial = new Trial(limits)
  trial.queue.open()
  return trial
}
const microtasks = () => vi.advanceTimersByTimeAsync(0)

describe('what is given up', () => {
  test('is the oldest when too many wait, and it is counted', () => {
    const trial = open()
    for (let index = 0; index < 1000; index++) trial.track()
    const kept = trial.queue.held.length
    expect(kept).toBeGreaterThanOrEqual(100)
    expect(trial.queue.dropped).toBe(1000 - kept)
    expect(trial.dropped.map(({ reason }) => reason)).toEqual(Array(1000 - kept).fill('full'))
    trial.turn('ready')
    expect(serials(trial)).toEqual(upTo(1000).slice(-kept))
  })

  test('is no important event as long as others wait, and no flag', () => {
    const trial = open()
    trial.flag('vip')
    for (let index = 0; index < 50; index++) trial.track(true)
    for (let index = 0; index < 500; index++) trial.track()
    for (let index = 0; index < 50; index++) trial.track(true)
    expect(trial.dropped.every(({ step }) => step.kind === 'track' && !step.important)).toBe(true)
    trial.turn('ready')
    const told = serials(trial)
    expect(told.slice(0, 51)).toEqual(upTo(51))
    expect(told.slice(-50)).toEqual(upTo(601).slice(-50))
    expect(told.length + trial.queue.dropped).toBe(601)
  })

  test('is the oldest of important ones when there are no others', () => {
    const trial = open()
    for (let index = 0; index < 300; index++) trial.track(true)
    trial.turn('ready')
    expect(serials(trial)).toEqual(upTo(300).slice(-trial.calls.length))
  })

  test('is no change of person, so that nothing reaches the wrong one (NO-LEAK)', () => {
    const trial = open()
    trial.identify('A')
    for (let index = 0; index < 1000; index++) trial.track()
    trial.identify('B')
    trial.track()
    trial.turn('ready')
    const people = trial.calls.filter(({ kind }) => kind === 'identify')
    expect(people.map(({ serial }) => serial)).toEqual([1, 1002])
    expect(trial.calls.at(-1)).toMatchObject({ kind: 'track', serial: 1003 })
    for (const { kind, n, serial } of trial.calls.slice(1, -2))
      expect([kind, n, serial < 1002]).toEqual(['track', 1, true])
    expect(trial.queue.delivered + trial.queue.dropped).toBe(1003)
  })

  test('is not the latest person, when a page identifies in a loop', () => {
    const trial = open()
    for (let index = 0; index < 5000; index++) trial.identify(`cust_${index}`)
    expect(trial.mostHeld).toBe(0)
    trial.turn('ready')
    expect(trial.calls.at(-1)).toMatchObject({ kind: 'identify', serial: 5000 })
  })
})

describe('a vendor’s limits', () => {
  const limits: Limits = [[[6, 1000]], [[8, 1000]]]

  test('make events wait their turn, and none is lost', async () => {
    const trial = open(limits)
    trial.turn('ready')
    for (let index = 0; index < 30; index++) trial.track()
    await microtasks()
    expect(trial.calls.length).toBeLessThanOrEqual(8)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(serials(trial)).toEqual(upTo(30))
  })

  test('let important events go before others that wait, in their order', async () => {
    const trial = open(limits)
    trial.turn('ready')
    for (let index = 0; index < 30; index++) trial.track()
    await microtasks()
    const before = trial.calls.length
    trial.track(true)
    trial.track(true)
    await microtasks()
    expect(serials(trial).slice(before)).toEqual([31, 32])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(serials(trial).filter(serial => serial < 31)).toEqual(upTo(30))
  })

  test('leave room for logins', async () => {
    const trial = open(limits)
    trial.turn('ready')
    for (let index = 0; index < 30; index++) {
      trial.track()
      trial.flag(`flag_${index}`)
      await microtasks()
    }
    const before = trial.calls.length
    trial.identify('A')
    await microtasks()
    expect(trial.calls.slice(before)).toMatchObject([{ kind: 'identify' }])
  })

  test('of flags do not hold up events', async () => {
    const trial = open(limits)
    trial.turn('ready')
    for (let index = 0; index < 6; index++) {
      trial.flag(`flag_${index}`)
      await microtasks()
    }
    trial.track()
    await microtasks()
    expect(trial.calls.at(-1)).toMatchObject({ kind: 'track' })
  })

  test('make what follows a login wait with it', async () => {
    const trial = open([[[4, 1000]], []])
    trial.turn('ready')
    for (const id of ['A', 'B', 'A', 'B', 'A']) {
      trial.identify(id)
      await microtasks()
    }
    trial.track()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2, 3, 4])
    await vi.advanceTimersByTimeAsync(2000)
    expect(serials(trial)).toEqual([1, 2, 3, 4, 5, 6])
    expect(trial.queue.dropped).toBe(0)
  })

  test('never move what waits to the next person', async () => {
    const trial = open(limits)
    trial.turn('ready')
    for (let index = 0; index < 30; index++) trial.track()
    await microtasks()
    const before = trial.calls.length
    trial.identify('A')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(trial.calls.slice(before)).toMatchObject([{ kind: 'identify', serial: 31 }])
    expect(trial.dropped).toHaveLength(30 - before)
    expect(new Set(trial.dropped.map(({ reason }) => reason))).toEqual(new Set(['person_changed']))
  })

  test('never move what was said about one person to another, when people change faster than they allow', async () => {
    const trial = open([[[4, 1000]], []])
    trial.turn('ready')
    for (const id of ['A', 'B', 'C']) {
      trial.identify(id)
      trial.track()
      trial.reset()
      trial.track()
      await microtasks()
    }
    await vi.advanceTimersByTimeAsync(20_000)
    let person = 'anonymous 0'
    const leaks: string[] = []
    for (const { kind, serial } of trial.calls)
      if (kind !== 'track') person = trial.personAfter(serial)
      else if (trial.personAfter(serial) !== person) leaks.push(`${trial.personAfter(serial)} → ${person}`)
    expect(leaks).toEqual([])
  })
})
