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
 * @param asks whether it is only asked, and accounts for nothing
 */
export const createBudget = (limits: readonly Limit[]) => {
  let times: number[] = []
  return (spare: number, now: number, asks?: boolean): number => {
    // A call leaves a window only after all of it has passed, hence the extra millisecond.
    const wait = Math.max(
      0,
      ...limits.map(([calls, span]) => (times[calls - spare - 1] ?? -Infinity) + span + 1 - now),
    )
    if (!wait && !asks) times = [now, ...times].slice(0, 60)
    return wait
  }
}

// The page's, whatever is done to the bridge on it.
const person = createBudget(PERSON)
const event = createBudget(EVENT)

/** Milliseconds until FullStory may be told this; 0 accounts for it. `now` is of a clock that is never set back. */
export const waitFor = ({ kind, important }: Step, now: number): number =>
  kind === 'track'
    ? event(important ? 0 : SPARE.event, now)
    : person(kind === 'update' || kind === 'page' ? SPARE.person : 0, now)

/** Whether four fifths of what FullStory may be told within a minute are used: a second's limit is no wait of two. */
export const isNearLimit = (now: number): boolean => person(5, now, true) > 2e3 || event(10, now, true) > 2e3
