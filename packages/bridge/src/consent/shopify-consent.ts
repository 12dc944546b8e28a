import type { Consent, ConsentSource } from '../config.ts'
import { pageWindow } from '../globals.ts'
import { everySecond } from './every-second.ts'
import { mayNeedConsent } from './region.ts'
import { watch } from './watch.ts'

const ALLOWED = {
  analytics: 'analyticsProcessingAllowed',
  marketing: 'marketingAllowed',
  preferences: 'preferencesProcessingAllowed',
  sale_of_data: 'saleOfDataAllowed',
} as const

/** What Shopify asks visitors to agree to. */
export type ShopifyPurpose = keyof typeof ALLOWED

/** What {@link shopifyConsent} takes. */
export interface ShopifyConsentOptions {
  /** All of them have to be allowed, at least one. Default `['analytics', 'marketing']`. */
  purposes?: readonly [ShopifyPurpose, ...ShopifyPurpose[]]
  /**
   * What holds where Shopify has not answered within ten seconds, because its script was blocked or failed. Default
   * `'pending'`. `'granted'` is `'denied'` where the law asks for consent first: in the European Economic Area, the
   * United Kingdom and Switzerland, by `Shopify.country` and the browser's time zone. What Shopify answers later counts.
   */
  missing?: Consent
}

/** Looks without an answer until Shopify is missing. */
const LOOKS = 10

/** The parts of the API in use. */
type Api = Record<(typeof ALLOWED)[ShopifyPurpose], () => boolean> & {
  /** `'yes'`, `'no'`, or `''` while there is no decision. */
  currentVisitorConsent(): Record<ShopifyPurpose, string>
}

interface Shopify {
  customerPrivacy?: Api
  loadFeatures(features: { name: string; version: string }[], loaded: () => void): void
}

/**
 * Consent by Shopify's Customer Privacy API (https://shopify.dev/docs/api/customer-privacy), which is loaded where the
 * theme has not. `'granted'` when Shopify allows all purposes, as it also does where no consent is needed by the
 * visitor's region and the shop's settings. Else `'denied'` when the visitor has said no to one that is not allowed,
 * and `'pending'` as long as they have not decided, Shopify is not there or its API fails.
 */
export const shopifyConsent =
  (options?: ShopifyConsentOptions): ConsentSource =>
  (set, signal) => {
    let asked: unknown
    let answered: unknown
    let looks = 0
    const ask = (): Consent => {
      // Each step throws as long as Shopify has not come so far: no answer.
      const { purposes = ['analytics', 'marketing'] } = options ?? {}
      const shopify = pageWindow()?.Shopify as Shopify
      const { customerPrivacy: api, loadFeatures } = shopify
      if (!api && loadFeatures !== asked) {
        asked = loadFeatures
        shopify.loadFeatures([{ name: 'consent-tracking-api', version: '0.1' }], () => queueMicrotask(look))
      }
      const said = (api as Api).currentVisitorConsent()
      const withheld = purposes.filter(purpose => (api as Api)[ALLOWED[purpose]]() !== true)
      answered = true
      if (purposes[0] && !withheld[0]) return 'granted'
      return withheld.some(purpose => said[purpose] === 'no') ? 'denied' : 'pending'
    }
    const doWithout = (): Consent => {
      const missing = options?.missing ?? 'pending'
      return missing === 'granted' && mayNeedConsent() ? 'denied' : missing
    }
    const look = watch(
      () => {
        try {
          return ask()
        } catch {
          // Once it has answered, its yes is not gone on with when it fails.
          return answered || looks < LOOKS ? 'pending' : doWithout()
        }
      },
      set,
      signal,
    )
    pageWindow()?.document.addEventListener('visitorConsentCollected', look, { signal })
    // Shopify tells nobody when it can be asked.
    everySecond(() => {
      looks++
      return answered || look()
    }, signal)
  }
