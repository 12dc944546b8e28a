import fc from 'fast-check'
import type { Arrival } from './page.ts'

/** People who log in, and whose addresses guests give. */
const PEOPLE = ['A', 'B', 'C'] as const
export type Person = (typeof PEOPLE)[number]

/** The address of a person. */
export const addressOf = (person: string): string => `${person.toLowerCase()}@x.co`

/** A call that a page makes. */
export type Said =
  | { say: 'identify'; person: Person; email: boolean; trait: 0 | 1 | 2; flag: boolean }
  | { say: 'guest'; person: Person; trait: 0 | 1 | 2 }
  | { say: 'track' | 'flag' | 'logout' }

/** One thing that happens. One that cannot happen as things stand (a tab without a page) is passed over. */
export type Step =
  | { do: 'page'; tab: number; customerio: Arrival; fullstory: Arrival; keep: boolean }
  | { do: 'back' | 'close'; tab: number }
  | { do: 'call'; tab: number; said: Said[] }
  | { do: 'foreign'; tab: number; person: Person | null; email: boolean }
  | { do: 'impersonate'; tab: number; on: boolean }
  | { do: 'consent'; to: 'granted' | 'denied' }
  | { do: 'clear'; what: 'all' | 'cookies' | 'localStorage' | 'customerio' | 'fullstory' | 'bridge' }
  | { do: 'wait'; ms: number }

/** A browser and what happens in it. */
export interface Sequence {
  guest: 'defer' | 'email' | 'hash'
  /** Whether all tabs share a process, and so see each other's writes to storage at once. */
  oneProcess: boolean
  storageDelay: number
  consent: 'granted' | 'pending'
  steps: Step[]
}

const tab = fc.constantFrom(0, 0, 0, 1, 1, 2)
const person = fc.constantFrom(...PEOPLE)
const trait = fc.constantFrom<0 | 1 | 2>(0, 0, 1, 2)
const arrival = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Arrival>('early') },
  { weight: 3, arbitrary: fc.constant<Arrival>('soon') },
  { weight: 3, arbitrary: fc.constantFrom<Arrival>('late', 'hung', 'blocked', 'absent') },
)

const said: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      say: fc.constant('identify' as const),
      person,
      email: fc.boolean(),
      trait,
      flag: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ say: fc.constant('guest' as const), person, trait }) },
  {
    weight: 8,
    arbitrary: fc.record({
      say: fc.constantFrom('track' as const, 'track' as const, 'flag' as const, 'logout' as const),
    }),
  },
)

const page = fc.record({
  do: fc.constant('page' as const),
  tab,
  customerio: arrival,
  fullstory: arrival,
  keep: fc.boolean(),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      tab,
      said: fc.array(said, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 6, arbitrary: page },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 15, 60, 400, 3_000, 61_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('back' as const, 'close' as const), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('foreign' as const),
      tab,
      person: fc.option(person),
      email: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('impersonate' as const), tab, on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      to: fc.constantFrom('granted' as const, 'denied' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clear' as const),
      what: fc.constantFrom(
        'all' as const,
        'cookies' as const,
        'localStorage' as const,
        'customerio' as const,
        'fullstory' as const,
        'bridge' as const,
      ),
    }),
  },
)

/** Up to 40 steps; the first one opens a page. */
export const sequences: fc.Arbitrary<Sequence> = fc.record({
  guest: fc.constantFrom(
    'defer' as const,
    'defer' as const,
    'defer' as const,
    'email' as const,
    'hash' as const,
  ),
  // Tabs with processes of their own are in the written sequences: who is first there is not decided by what is said.
  oneProcess: fc.constant(true),
  storageDelay: fc.constantFrom(1, 8, 50),
  consent: fc.constantFrom('granted' as const, 'granted' as const, 'granted' as const, 'pending' as const),
  steps: fc
    .tuple(page, fc.array(step, { maxLength: 39, size: 'max' }))
    .map(([first, others]): Step[] => [{ ...first, tab: 0 }, ...others]),
})

const line = (step: Step): string => {
  const { do: what, ...more } = step
  return `${what} ${JSON.stringify(more)}`
}

/** A sequence as one reads it, a line for each step. */
export const inWords = ({ steps, ...browser }: Sequence): string =>
  [
    JSON.stringify(browser),
    ...steps.map((step, index) => `${String(index + 1).padStart(3)}  ${line(step)}`),
  ].join('\n')
