import type { Consent } from '../config.ts'
import { onPageTurn } from '../globals.ts'

/**
 * Tells what `read` answers, now, whenever the page comes back or another tab has stored something, and each time the
 * returned function is called, until the signal; only what is new. Where it throws there is no answer. When there is
 * none any more after a `'granted'`, the yes was taken back: calls stop as on `'denied'`, and only then wait for the
 * next answer.
 */
export const watch = (
  read: () => Consent,
  set: (consent: Consent) => void,
  signal: AbortSignal,
): (() => void) => {
  let last: Consent = 'pending'
  const look = () => {
    let answer: Consent = 'pending'
    try {
      answer = read()
    } catch {}
    if (answer === last || signal.aborted) return
    if (last === 'granted' && answer === 'pending') set('denied')
    last = answer
    set(answer)
  }
  look()
  onPageTurn(look, signal)
  return look
}
