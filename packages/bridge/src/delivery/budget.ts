import { monotonicNow } from '../globals.ts'

/** At most so many calls within any so many milliseconds. */
export type Limit = readonly [calls: number, milliseconds: number]

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
    wait: spare =>
      // A call leaves a window only after all of it has passed, hence the extra millisecond.
      Math.max(
        0,
        ...limits.map(([calls, span]) => (times[calls - spare - 1] ?? -Infinity) + span + 1 - monotonicNow()),
      ),
    spend: () => {
      times = [monotonicNow(), ...times].slice(0, 60)
    },
  }
}
