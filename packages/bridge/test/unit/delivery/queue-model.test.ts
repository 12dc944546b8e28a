import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Step, VendorState } from '../../../src/delivery/vendor.ts'
import { isChange, type Limits, type Said, Trial } from './trial.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Operation = (trial: Trial) => unknown
const named = (name: string, operation: Operation): Operation =>
  Object.assign(operation, { toString: () => name, [fc.toStringMethod]: () => name })
const times = (count: number, operation: Operation): Operation =>
  named(`${count} × ${operation}`, trial => {
    for (let index = 0; index < count; index++) operation(trial)
  })

const track = fc.constant(named('track', trial => trial.track()))
const flag = fc.constantFrom('a', 'b', 'c').map(name => named(`flag ${name}`, trial => trial.flag(name)))
const person = fc.oneof(
  fc.constantFrom('A', 'B').map(id => named(`identify ${id}`, trial => trial.identify(id))),
  fc.constant(named('reset', trial => trial.reset())),
)
const said = fc.oneof(track, flag, person)
const time = fc
  .oneof(fc.constant(0), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1000, max: 70_000 }))
  .map(ms => named(`${ms} ms pass`, () => vi.advanceTimersByTimeAsync(ms)))
const vendor = fc.oneof(
  fc.constantFrom('ready' as const, 'paused' as const).map(state => named(state, trial => trial.turn(state))),
  fc.constant(
    named('pauses at each identify', trial => {
      trial.during = kind => kind === 'identify' && trial.turn('paused')
    }),
  ),
  fc.constant(
    named('takes 100 ms to identify', trial => {
      trial.during = kind =>
        kind === 'identify' ? new Promise(arrived => setTimeout(arrived, 100)) : undefined
    }),
  ),
  fc.constant(named('drain', trial => trial.queue.drain())),
  fc.constant(named('open', trial => trial.queue.open())),
)
const throwing = (...kinds: Step['kind'][]) =>
  fc
    .subarray(kinds)
    .map(which => named(`throws for [${which}]`, trial => (trial.throws = kind => which.includes(kind))))
const burst = fc.tuple(fc.integer({ min: 10, max: 450 }), said).map(([count, what]) => times(count, what))

const LIMITS = fc.constantFrom<Limits>(
  [[], []],
  [
    [
      [27, 6e4],
      [9, 1e3],
    ],
    [
      [54, 6e4],
      [36, 1e3],
    ],
  ],
  [[[4, 1000]], [[5, 1000]]],
)

/** Runs operations in any order, then lets everything come to rest. */
const always = (
  throws: fc.Arbitrary<Operation>,
  limits: fc.Arbitrary<Limits>,
  check: (trial: Trial, limits: Limits) => void,
) =>
  fc.assert(
    fc.asyncProperty(
      limits,
      fc.constantFrom<VendorState>('ready', 'waiting'),
      fc.array(
        fc.oneof(
          { weight: 12, arbitrary: said },
          { weight: 3, arbitrary: time },
          { weight: 3, arbitrary: vendor },
          { weight: 1, arbitrary: throws },
          { weight: 1, arbitrary: burst },
        ),
        { maxLength: 60, size: 'max' },
      ),
      async (limit, state, operations) => {
        const trial = new Trial(limit)
        trial.queue.open()
        trial.turn(state)
        for (const operation of operations) await operation(trial)
        trial.during = () => undefined
        await trial.rest()
        check(trial, limit)
        trial.queue.close()
      },
    ),
    { numRuns: 200 },
  )

const anyKind = throwing('identify', 'reset', 'update', 'track')

interface Part {
  kind: Step['kind']
  /** Of the flag. */
  name?: string
  serial: number
  /** The visitor it is about. */
  n: number
  threw: boolean
}

/** What the vendor was told, each flag and each event by the step that it came from. */
const parts = (trial: Trial): Part[] =>
  trial.calls.flatMap(({ kind, serial, n, flags, threw }): Part[] =>
    kind === 'update'
      ? Object.entries(flags).map(([name, from]) => ({ kind, name, serial: from as number, n, threw }))
      : [{ kind, serial, n, threw }],
  )

test('nothing said about one person reaches another (NO-LEAK)', () =>
  always(anyKind, LIMITS, trial => {
    const whose = [...Array(trial.said.length + 1).keys()].map(serial => trial.personAfter(serial))
    let person = whose[0]
    for (const { kind, serial, threw } of parts(trial)) {
      if (!isChange({ kind })) expect(`${kind} of ${whose[serial]}`).toBe(`${kind} of ${person}`)
      else if (!threw) person = whose[serial]
    }
  }))

test('nothing is handed over after a change of person that came later', () =>
  always(anyKind, LIMITS, trial => {
    let latest = 0
    for (const { n } of parts(trial)) {
      expect(n).toBeGreaterThanOrEqual(latest)
      latest = n
    }
  }))

test('without limits each person is told first, and then everything in the order in which it was said (ORDER)', () =>
  always(anyKind, fc.constant<Limits>([[], []]), trial => {
    const events = trial.calls.filter(({ kind }) => kind === 'track').map(({ serial }) => serial)
    expect(events).toEqual([...events].sort((a, b) => a - b))
    let told = 0
    for (const call of trial.calls)
      if (isChange(call)) told = call.n
      else expect(call.n).toBe(told)
  }))

test('within limits only flags and events overtake each other, and only the same person’s', () =>
  always(anyKind, LIMITS, trial => {
    const byRank = new Map<string, number>()
    for (const { kind, serial } of trial.calls) {
      if (kind === 'update') continue
      const rank = isChange({ kind }) ? 'person' : kind
      expect(serial).toBeGreaterThan(byRank.get(rank) ?? 0)
      byRank.set(rank, serial)
    }
  }))

test('each event and each change of person is handed over once or given up once', () =>
  always(anyKind, LIMITS, trial => {
    const fate = new Map<number, number>()
    for (const step of [...trial.delivered, ...trial.dropped.map(({ step }) => step)]) {
      const { serial } = step as Said
      if (step.kind !== 'update') fate.set(serial, (fate.get(serial) ?? 0) + 1)
    }
    for (const step of trial.said) {
      // Said again of somebody who is there: told with what is said later, or not at all once they have left.
      const isRepeated = isChange(step) && step.n !== step.serial
      if (isRepeated) expect(fate.get(step.serial) ?? 0).toBeLessThanOrEqual(1)
      else if (step.kind !== 'update') expect(fate.get(step.serial), `step ${step.serial}`).toBe(1)
    }
    expect(trial.next()).toBeUndefined()
    expect(trial.queue).toMatchObject({ held: [], dropped: trial.dropped.length })
    expect(trial.queue.delivered).toBe(trial.calls.filter(({ threw }) => !threw).length)
    expect(trial.delivered).toHaveLength(trial.queue.delivered)
    expect(trial.failures).toHaveLength(trial.calls.filter(({ threw }) => threw).length)
  }))

test('the latest value of each flag of each person is handed over once, or its loss is told', () =>
  always(anyKind, LIMITS, trial => {
    const handedOver = parts(trial).filter(({ kind, threw }) => kind === 'update' && !threw)
    const values = handedOver.map(({ serial }) => serial)
    expect(new Set(values).size).toBe(values.length)
    const givenUp = new Set(trial.dropped.flatMap(({ flags }) => Object.values(flags)))
    const latest = new Map<string, number>()
    for (const { kind, n, serial, properties } of trial.said)
      if (kind === 'update') for (const name of Object.keys(properties)) latest.set(`${n} ${name}`, serial)
    for (const serial of latest.values()) expect(values.includes(serial) !== givenUp.has(serial)).toBe(true)
  }))

test('an older value never comes after a newer one', () =>
  always(anyKind, LIMITS, trial => {
    const newest = new Map<string | undefined, number>()
    for (const { kind, name, serial } of parts(trial)) {
      if (kind !== 'update') continue
      expect(serial).toBeGreaterThan(newest.get(name) ?? 0)
      newest.set(name, serial)
    }
  }))

test('no more than the bound waits, however much is said', () =>
  always(anyKind, LIMITS, trial => {
    expect(trial.mostHeld).toBeLessThanOrEqual(200)
  }))

test('the vendor’s limits hold in every window, also while it throws (BUDGET)', () =>
  always(anyKind, LIMITS, (trial, limits) => {
    const [person, event] = ([false, true] as const).map(events =>
      trial.calls.filter(({ kind }) => (kind === 'track') === events).map(({ at }) => at),
    )
    for (const [times = [], limit] of [
      [person, limits[0]],
      [event, limits[1]],
    ] as const)
      for (const [calls, span] of limit)
        for (const [index, start] of times.entries())
          expect(times.slice(index).filter(at => at - start <= span).length).toBeLessThanOrEqual(calls)
  }))
