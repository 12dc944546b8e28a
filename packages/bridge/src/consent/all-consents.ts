import type { Consent, ConsentSource } from '../config.ts'
import { telling } from './telling.ts'

/**
 * Several sources as one: `'granted'` when all of them say so, `'denied'` as soon as one does, else `'pending'`. A
 * source that throws or says something else has not answered.
 *
 * @example allConsents(gpcConsent(), shopifyConsent())
 */
export const allConsents =
  (...sources: ConsentSource[]): ConsentSource =>
  (set, signal) => {
    const tell = telling(set, signal)
    const said = sources.map((): Consent => 'pending')
    sources.forEach((source, index) => {
      try {
        source(consent => {
          said[index] = consent
          tell(
            said.includes('denied') ? 'denied' : said.every(one => one === 'granted') ? 'granted' : 'pending',
          )
        }, signal)
      } catch {}
    })
  }
