import { monotonicNow } from '../globals.ts'

/** At most so many calls within any so many milliseconds. */
export type Limit = readonly [calls: number, milliseconds: number]

/**
 * A sliding-window budget: unlike a token bucket it is never exceeded in any window, wherever that starts. Answers 0
 * and accounts for a call when one may be made now, else the milliseconds until it may. `spare` calls are kept back.
 */
export type Budget = (spare: number) => number

export const createBudget = (limits: readonly Limit[]): Budget => {
  let times: number[] = []
  return spare => {
    const now = monotonicNow()
    // A call leaves a window only after all of it has passed, hence the extra millisecond.
    const wait = Math.max(
      0,
      ...limits.map(([calls, span]) => (times[calls - spare - 1] ?? -Infinity) + span + 1 - now),
    )
    if (!wait) times = [now, ...times].slice(0, 60)
    return wait
  }
}
