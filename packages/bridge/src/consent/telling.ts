import type { Consent } from '../config.ts'

/**
 * Tells each answer that is new, until the signal. When there is none any more after a `'granted'`, the yes was taken
 * back: calls stop as on `'denied'`, and only then wait for the next answer.
 */
export const telling = (set: (consent: Consent) => void, signal: AbortSignal) => {
  let last: Consent = 'pending'
  return (next: Consent): void => {
    if (next === last || signal.aborted) return
    if (last === 'granted' && next === 'pending') set('denied')
    last = next
    set(next)
  }
}
