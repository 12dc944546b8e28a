import { monotonicNow } from '../globals.ts'

/** At most `calls` within any `per` milliseconds. */
export interface Limit {
  calls: number
  /** Milliseconds. */
  per: number
}

/** A sliding-window budget: unlike a token bucket it is never exceeded in any window, wherever that starts. */
export interface Budget {
  /** Milliseconds until a call may be made; 0 when it may be made now. `spare` calls are kept back. */
  wait(spare: number): number
  /** Accounts for a call made now. */
  spend(): void
}

export const createBudget = (limits: readonly Limit[]): Budget => {
  let times: number[] = []
  return {
    wait: spare => {
      const now = monotonicNow()
      return limits.reduce((longest, { calls, per }) => {
        // A call leaves a window only after `per` has fully passed, hence the extra millisecond.
        const oldest = times[times.length - Math.max(1, calls - spare)]
        return oldest === undefined ? longest : Math.max(longest, oldest + per + 1 - now)
      }, 0)
    },
    spend: () => {
      times.push(monotonicNow())
      times = times.slice(-Math.max(...limits.map(limit => limit.calls)))
    },
  }
}
