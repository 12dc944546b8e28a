import type { Consent } from '../config.ts'
import { onPageTurn } from '../globals.ts'
import { telling } from './telling.ts'

/**
 * Tells what `read` answers, now and whenever the page comes back or another tab has stored something. Where it throws
 * there is no answer.
 *
 * @returns what looks again
 */
export const watch = (
  read: () => Consent,
  set: (consent: Consent) => void,
  signal: AbortSignal,
): (() => void) => {
  const tell = telling(set, signal)
  const look = () => {
    let answer: Consent = 'pending'
    try {
      answer = read()
    } catch {}
    tell(answer)
  }
  look()
  onPageTurn(look, signal)
  return look
}
