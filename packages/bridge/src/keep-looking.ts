/** Milliseconds between two looks, and how many: a minute. */
const PAUSE = 100
const LOOKS = 600

/**
 * Runs `look`, which never rejects, at each `again()` and then every 100 ms for a minute, or until it answers that
 * there is nothing to look for. No timer runs after `end()`.
 */
export const keepLooking = (look: () => Promise<unknown>) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = 0
  const turn = async () => {
    if (await look()) left = 0
    clearTimeout(timer)
    if (left-- > 0) timer = setTimeout(turn, PAUSE)
  }
  return {
    again: () => {
      left = LOOKS
      turn()
    },
    end: () => {
      left = 0
      clearTimeout(timer)
    },
  }
}
