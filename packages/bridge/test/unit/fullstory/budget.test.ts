import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Step } from '../../../src/delivery/vendor.ts'
import { createBudget, isNearLimit, type Limit, limitsOf } from '../../../src/fullstory/budget.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Makes a call whenever one may be made; returns when each was made. */
const callWhen = (wait: () => number, pauses: readonly number[]): number[] => {
  const made: number[] = []
  for (const pause of pauses) {
    vi.advanceTimersByTime(pause)
    if (wait() > 0) continue
    made.push(performance.now())
  }
  return made
}

/** The budget of one page. */
const budgetOf = (limits: readonly Limit[]) => {
  const budget = createBudget(limits)
  const page = {}
  return (spare: number, now: number, asks?: boolean) => budget(spare, now, page, asks)
}

const callAt = (limits: readonly Limit[], pauses: readonly number[], spare = 0): number[] => {
  const budget = budgetOf(limits)
  return callWhen(() => budget(spare, performance.now()), pauses)
}

/** FullStory's budget of a page on which nothing was sent yet. */
const newPage = (fs = () => {}) => {
  const wait = limitsOf(fs)
  return (kind: Step['kind'], important = false) =>
    wait({ kind, n: 0, important, properties: {}, types: {} }, performance.now())
}

/** The most calls in any window of `span`, both ends included: the vendor's clock is not ours. */
const mostWithin = (made: readonly number[], span: number): number =>
  Math.max(0, ...made.map((start, index) => made.slice(index).filter(time => time - start <= span).length))

const pauses = (longest: number) =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.nat(3) },
      fc.nat(longest / 20),
      fc.nat(longest),
      fc.constant(longest),
    ),
    { maxLength: 300 },
  )

test('is never exceeded in any window, whenever calls are made', () => {
  const limit = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60_000 }))
  fc.assert(
    fc.property(fc.array(limit, { minLength: 1, maxLength: 3 }), pauses(2000), (limits, when) => {
      const made = callAt(limits, when)
      for (const [calls, span] of limits) expect(mostWithin(made, span)).toBeLessThanOrEqual(calls)
    }),
  )
})

test.each<[what: string, kinds: Step['kind'][], documented: Limit[]]>([
  [
    'user properties and identity',
    ['update', 'identify', 'reset'],
    [
      [30, 60_000],
      [10, 1000],
    ],
  ],
  [
    'events',
    ['track'],
    [
      [60, 60_000],
      [40, 1000],
    ],
  ],
])('what FullStory documents for %s is kept in every window (BUDGET)', (_, kinds, documented) => {
  fc.assert(
    fc.property(pauses(20_000), fc.array(fc.constantFrom(...kinds), { minLength: 1 }), (when, said) => {
      const wait = newPage()
      let next = 0
      const made = callWhen(() => wait(said[next++ % said.length] as Step['kind']), when)
      for (const [calls, span] of documented) expect(mostWithin(made, span)).toBeLessThanOrEqual(calls)
    }),
  )
})

test('flags leave room for logins, events have a budget of their own and leave room for important ones', () => {
  const wait = newPage()
  const made = (kind: Step['kind'], count: number, important = false) =>
    callWhen(() => wait(kind, important), Array(count).fill(0)).length
  expect(made('update', 20)).toBe(6)
  expect(made('identify', 2)).toBe(2)
  expect(made('reset', 5)).toBe(1)
  expect(made('track', 40)).toBe(30)
  expect(made('track', 40, true)).toBe(6)
})

test('it is one FullStory’s, whoever asks, and not that of another', () => {
  const fs = () => {}
  const one = newPage(fs)
  const calls = (wait: typeof one) => callWhen(() => wait('update'), Array(9).fill(0)).length
  expect([calls(one), calls(newPage(fs)), calls(newPage())]).toEqual([6, 0, 6])
})

test('all of it can be used', () => {
  const made = callAt([[9, 1000]], Array(3000).fill(1))
  expect(mostWithin(made, 1000)).toBe(9)
  expect(made.length).toBeGreaterThanOrEqual(18)
})

test('the wait it names is exactly long enough', () => {
  fc.assert(
    fc.property(pauses(2000), fc.nat(2), (when, spare) => {
      const limits = [
        [5, 1000],
        [9, 4000],
      ] as const
      const budget = budgetOf(limits)
      const made: number[] = []
      for (const pause of when) {
        vi.advanceTimersByTime(pause)
        const wait = budget(spare, performance.now())
        if (wait > 0) {
          vi.advanceTimersByTime(Math.ceil(wait) - 1)
          expect(budget(spare, performance.now())).toBeGreaterThan(0)
          vi.advanceTimersByTime(1)
          expect(budget(spare, performance.now())).toBe(0)
        }
        made.push(performance.now())
      }
      for (const [calls, span] of limits) expect(mostWithin(made, span)).toBeLessThanOrEqual(calls - spare)
    }),
  )
})

describe('spare calls are kept back', () => {
  test.each([
    [0, 9],
    [3, 6],
    [8, 1],
  ])('%d of 9', (spare, allowed) => {
    expect(callAt([[9, 1000]], Array(50).fill(0), spare)).toHaveLength(allowed)
  })

  test('for whoever asks without', () => {
    const budget = budgetOf([[9, 1000]])
    for (let call = 0; call < 6; call++) budget(0, performance.now())
    expect(budget(3, performance.now())).toBeGreaterThan(0)
    expect(budget(0, performance.now())).toBe(0)
  })
})

test('whoever only asks is told the wait, and uses nothing', () => {
  const budget = budgetOf([[2, 1000]])
  for (let count = 0; count < 5; count++) expect(budget(0, 0, true)).toBe(0)
  expect([budget(0, 0), budget(0, 0)]).toEqual([0, 0])
  expect(budget(0, 0, true)).toBe(1001)
})

test.each([
  ['update', 21, 22, 400],
  ['track', 43, 44, 40],
] as const)('%s: after %d calls a limit is not near, after %d it is', (kind, few, enough, pause) => {
  const waitFor = limitsOf({})
  const step = { kind, n: 0, important: true, properties: {}, types: {} }
  const say = (count: number) => {
    for (let said = 0; said < count; said++) {
      vi.advanceTimersByTime(pause)
      expect(waitFor(step, performance.now())).toBe(0)
    }
    return isNearLimit(performance.now())
  }
  expect(say(few)).toBe(false)
  expect(say(enough - few)).toBe(true)
  // Nobody is told of a limit that is no longer near.
  vi.advanceTimersByTime(60_000)
  expect(isNearLimit(performance.now())).toBe(false)
})

test('without limits there is nothing to wait for', () => {
  expect(callAt([], Array(1000).fill(0))).toHaveLength(1000)
})
