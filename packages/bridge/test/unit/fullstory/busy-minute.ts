import fc from 'fast-check'
import { defineFlags } from '../../../src/index.ts'
import { randomNumbers } from '../../model/randomness.ts'

export const FLAG_CALLS = 10_000
export const EVENTS = 5_000
export const MINUTE = 60_000
/** As many important events as a store has in a minute, at most. */
const IMPORTANT = 40

const TIERS = ['none', 'silver', 'gold'] as const

export const plan = defineFlags({
  cart_abandoner: { type: 'bool' },
  vip_tier: { type: 'enum', values: TIERS },
  purchase_count: { type: 'int' },
  aov: { type: 'real' },
  last_order_date: { type: 'date' },
  cart_flow_variant: { type: 'str' },
})

const flagsOf = (call: number): object =>
  [
    { cart_abandoner: call % 4 < 2 },
    { vip_tier: TIERS[call % 3] },
    { purchase_count: call },
    { aov: call / 8 },
    { last_order_date: new Date(call * MINUTE).toISOString() },
    { cart_flow_variant: `variant ${call}`, purchase_count: -call },
  ][call % 6] ?? {}

type Call = { flags: object } | { event: string }

/** A part of the minute; the numbers are shares of what the whole minute has. */
interface Stretch {
  flags: number
  events: number
  milliseconds: number
  /** In how many tasks it is said, one: a burst. */
  tasks: number
  order: 'flags first' | 'events first' | 'mixed'
}

/** A minute in which a page says far too much. */
export interface Minute {
  api: 'v1' | 'v2'
  known: boolean
  /** Milliseconds after which fs.js is there. */
  loads: number
  stretches: Stretch[]
  /** Which of the events are important. */
  important: number[]
  seed: number
}

/** Any such minute. */
export const minutes: fc.Arbitrary<Minute> = fc.record({
  api: fc.constantFrom('v1' as const, 'v2' as const),
  known: fc.boolean(),
  loads: fc.constantFrom(0, 0, 500, 4_000),
  stretches: fc.array(
    fc.record({
      flags: fc.nat(9),
      events: fc.nat(9),
      milliseconds: fc.oneof(fc.constant(0), fc.nat(9)),
      tasks: fc.constantFrom(1, 1, 3, 10),
      order: fc.constantFrom('flags first' as const, 'events first' as const, 'mixed' as const),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  ),
  important: fc.oneof(
    fc.uniqueArray(fc.nat(EVENTS - 1), { maxLength: IMPORTANT, size: 'max' }),
    // In a row; early, while nothing of the limits is used.
    fc
      .oneof(fc.nat(100), fc.nat(EVENTS - IMPORTANT))
      .map(first => Array.from({ length: IMPORTANT }, (_, index) => first + index)),
  ),
  seed: fc.nat(),
})

/** All that is important at once, when others have just had their part of what a second allows. */
export const rush: Minute = {
  api: 'v2',
  known: true,
  loads: 0,
  stretches: [
    { flags: 1, events: 1, milliseconds: 1, tasks: 1, order: 'events first' },
    { flags: 50, events: 99, milliseconds: 0, tasks: 1, order: 'events first' },
    { flags: 50, events: 0, milliseconds: 99, tasks: 10, order: 'mixed' },
  ],
  important: Array.from({ length: IMPORTANT }, (_, index) => EVENTS / 100 + index),
  seed: 1,
}

/** Its calls, by task, with the milliseconds that pass before each. */
export const tasksOf = ({ stretches, important, seed }: Minute): { after: number; calls: Call[] }[] => {
  const random = randomNumbers(seed)
  const isImportant = new Set(important)
  const [flags, events, milliseconds] = (
    [
      [FLAG_CALLS, 'flags'],
      [EVENTS, 'events'],
      [MINUTE, 'milliseconds'],
    ] as const
  ).map(([total, name]) =>
    shares(
      total,
      stretches.map(stretch => stretch[name]),
    ),
  ) as [number[], number[], number[]]
  let flagCall = 0
  let event = 0
  const call = { flags: () => ({ flags: flagsOf(flagCall++) }), event: () => ({ event: eventName(event++) }) }
  const eventName = (index: number) =>
    isImportant.has(index) ? (index % 2 ? 'payment_failed' : `checkout_${index}`) : `viewed_${index}`
  return stretches.flatMap(({ tasks, order }, index) => {
    const said: (keyof typeof call)[] = [
      ...Array(flags[index]).fill('flags'),
      ...Array(events[index]).fill('event'),
    ]
    if (order === 'events first') said.reverse()
    if (order === 'mixed') shuffle(said, random)
    const equal = Array(tasks).fill(1)
    const pauses = shares(milliseconds[index] ?? 0, equal)
    return shares(said.length, equal).map((count, task) => ({
      after: pauses[task] ?? 0,
      calls: said.splice(0, count).map(kind => call[kind]()),
    }))
  })
}

/** Whole numbers in these proportions, and their sum is `total`. */
const shares = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((one, other) => one + other, 0)
  let weight = 0
  let given = 0
  return weights.map((own, index) => {
    weight += own
    const until = index === weights.length - 1 ? total : Math.round((total * weight) / (sum || 1))
    const share = until - given
    given = until
    return share
  })
}

const shuffle = (list: unknown[], random: () => number): void => {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[list[last], list[other]] = [list[other], list[last]]
  }
}
