/** Milliseconds between two looks: a global that is not there costs nothing to look for. */
const PAUSE = 50

/**
 * Calls `look` until it answers true; after `limit` milliseconds a last time with `true`. Returns a function that
 * stops it.
 */
export const search = (look: (expired?: boolean) => unknown, limit: number): (() => void) => {
  let timer: ReturnType<typeof setTimeout>
  const next = (left: number) => {
    // A limit that is no number is over at once.
    const expired = !(left > 0)
    if (!look(expired) && !expired) timer = setTimeout(next, PAUSE, left - PAUSE)
  }
  next(limit)
  return () => clearTimeout(timer)
}
