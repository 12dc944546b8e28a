import type { Consent, ConsentSource } from '../config.ts'
import { watch } from './watch.ts'

/**
 * Several sources as one: `'granted'` when all of them say so, `'denied'` as soon as one does, else `'pending'`. A
 * source that throws or says something else has not answered.
 *
 * @example allConsents(gpcConsent(), shopifyConsent())
 */
export const allConsents =
  (...sources: ConsentSource[]): ConsentSource =>
  (set, signal) => {
    const said = sources.map((): Consent => 'pending')
    const look = watch(
      () => {
        if (said.includes('denied')) return 'denied'
        return said[0] && said.every(one => one === 'granted') ? 'granted' : 'pending'
      },
      set,
      signal,
    )
    sources.forEach((source, index) => {
      try {
        source(consent => {
          said[index] = consent as Consent
          look()
        }, signal)
      } catch {}
    })
  }
