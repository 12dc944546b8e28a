import type { CustomerPrivacyPayload } from '@shopify/web-pixels-extension'
import type { Purpose } from './settings.ts'

const ALLOWED: Record<Purpose, keyof CustomerPrivacyPayload['customerPrivacy']> = {
  analytics: 'analyticsProcessingAllowed',
  marketing: 'marketingAllowed',
  preferences: 'preferencesProcessingAllowed',
  sale_of_data: 'saleOfDataAllowed',
}

/** Moments beyond these are given up, oldest first. */
const MAX_HELD = 50

/** What the visitor has said, as Shopify passes it on. */
export type Privacy = CustomerPrivacyPayload['customerPrivacy']

/** Lets moments through one after the other, as long as the visitor allows it. */
export interface ConsentGate<Moment> {
  /** Delivered when it is its turn; held while nothing was said, dropped after a no. */
  push(moment: Moment): void
  /** The visitor has decided: what was held goes on, or is dropped. */
  decide(privacy: Privacy): void
}

/**
 * @param first what is allowed when the page loads. What is not may not have been asked for yet: moments wait
 * @param deliver carries out one moment, and the next when it is done. `may()` says whether it may still: a no that
 * comes in between counts
 * @param withdrawn a yes was taken back
 */
export const createConsentGate = <Moment>(
  purposes: readonly Purpose[],
  first: Privacy | undefined,
  deliver: (moment: Moment, may: () => boolean) => Promise<void>,
  withdrawn: () => unknown,
): ConsentGate<Moment> => {
  const allows = (privacy: Privacy | undefined) =>
    purposes.every(purpose => privacy?.[ALLOWED[purpose]] === true)
  let state: 'pending' | 'granted' | 'denied' = allows(first) ? 'granted' : 'pending'
  /** Counts decisions: what began under an earlier yes is not done under a later one. */
  let decisions = 0
  let held: Moment[] = []
  let busy = false

  const pump = async () => {
    if (busy) return
    busy = true
    while (state === 'granted' && held[0]) {
      const now = decisions
      try {
        await deliver(held.shift() as Moment, () => state === 'granted' && now === decisions)
      } catch {
        // One moment less.
      }
    }
    busy = false
  }

  return {
    push: moment => {
      if (state === 'denied') return
      held.push(moment)
      if (held.length > MAX_HELD) held.shift()
      pump()
    },
    decide: privacy => {
      const before = state
      state = allows(privacy) ? 'granted' : 'denied'
      if (state === before) return
      decisions++
      if (state === 'denied') held = []
      if (before === 'granted') withdrawn()
      pump()
    },
  }
}
