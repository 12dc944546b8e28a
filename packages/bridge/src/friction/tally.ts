/** Times that are kept of one thing, at most. */
const KEPT = 99

/** Counts how often the same has happened lately. */
export const createTally = () => {
  const times = new WeakMap<object, readonly number[]>()
  return {
    /**
     * Once more, at this time. What comes within `apart` milliseconds after the last is the same one.
     *
     * @returns how many times in the last `within` milliseconds
     */
    count: (key: object, at: number, apart: number, within = Infinity): number => {
      const before = (times.get(key) ?? []).filter(time => at - time < within)
      const all = [at, ...(at - (before[0] as number) < apart ? before.slice(1) : before)].slice(0, KEPT)
      times.set(key, all)
      return all.length
    },
    /** From now on it is counted anew. */
    forget: (key: unknown) => times.delete(key as object),
  }
}
