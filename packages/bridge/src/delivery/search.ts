/** Milliseconds between two looks: a global that is not there costs nothing to look for. */
const PAUSE = 50

/** Calls `look` until it answers true; after `limit` milliseconds a last time with `true`. */
export const search = (look: (expired?: boolean) => unknown, limit: number): void => {
  // A limit that is no number is over at once.
  const expired = !(limit > 0)
  if (!look(expired) && !expired) setTimeout(search, PAUSE, look, limit - PAUSE)
}
