import type { Step } from '../delivery/vendor.ts'

/** At most so many calls within any so many milliseconds. */
export type Limit = readonly [calls: number, milliseconds: number]

/**
 * FullStory's documented limits per page: properties and identity 30 a minute and 10 a second, events 60 a
 * minute and 40 a second. The client neither enforces nor mentions them. A tenth is left to the page's own calls.
 */
const PERSON: readonly Limit[] = [
  [27, 6e4],
  [9, 1e3],
]
const EVENT: readonly Limit[] = [
  [54, 6e4],
  [36, 1e3],
]
/** Calls kept back from flags for logins, and from other events for important ones. */
const SPARE = { person: 3, event: 6 }

/**
 * A sliding-window budget: unlike a token bucket it is never exceeded in any window, wherever that starts. Answers 0
 * and accounts for a call when one may be made now, else the milliseconds until it may.
 *
 * @param spare calls that are kept back
 * @param page what the limits are of
 * @param asks whether it is only asked, and accounts for nothing
 */
export const createBudget = (limits: readonly Limit[]) => {
  const made = new WeakMap<object, number[]>()
  return (spare: number, now: number, page: object, asks?: boolean): number => {
    const times = made.get(page) ?? []
    // A call leaves a window only after all of it has passed, hence the extra millisecond. Fewer calls than that: NaN.
    const wait = Math.max(
      0,
      ...limits.map(([calls, span]) => (times[calls - spare - 1] as number) + span + 1 - now || 0),
    )
    if (!wait && !asks) made.set(page, [now, ...times].slice(0, 60))
    return wait
  }
}

const person = createBudget(PERSON)
const event = createBudget(EVENT)

/** The FullStory that was used last. */
let latest: object = PERSON

/**
 * The limits of a page. It has one FullStory, whatever is done to the bridge on it; a test, which has another each time,
 * begins anew.
 *
 * @returns milliseconds until FullStory may be told this; 0 accounts for it. `now` is of a clock that is never set back.
 */
export const limitsOf = (fs: object) => {
  latest = fs
  return ({ kind, important }: Step, now: number): number =>
    kind === 'track'
      ? event(important ? 0 : SPARE.event, now, fs)
      : // An update or a page.
        person(/e$/.test(kind) ? SPARE.person : 0, now, fs)
}

/** Whether four fifths of what FullStory may be told within a minute are used: a second's limit is no wait of two. */
export const isNearLimit = (now: number): boolean =>
  person(5, now, latest, true) > 2e3 || event(10, now, latest, true) > 2e3
