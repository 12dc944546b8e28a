import type { ConsentSource } from '../config.ts'
import { pageDocument, pageWindow } from '../globals.ts'
import { everySecond } from './every-second.ts'
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
}

/** The parts of Shopify's global in use. */
interface Shopify {
  customerPrivacy?: Record<(typeof ALLOWED)[ShopifyPurpose], () => boolean> & {
    /** `'yes'`, `'no'`, or `''` while there is no decision. */
    currentVisitorConsent(): Record<ShopifyPurpose, string>
  }
  loadFeatures?(features: { name: string; version: string }[], loaded: (error: unknown) => void): void
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
    const shopify = () => pageWindow()?.Shopify as Shopify
    const look = watch(
      () => {
        const { purposes = ['analytics', 'marketing'] } = options ?? {}
        const api = shopify().customerPrivacy as NonNullable<Shopify['customerPrivacy']>
        const withheld = purposes.filter(purpose => api[ALLOWED[purpose]]() !== true)
        if (purposes[0] && !withheld[0]) return 'granted'
        const said = api.currentVisitorConsent()
        return withheld.some(purpose => said[purpose] === 'no') ? 'denied' : 'pending'
      },
      set,
      signal,
    )
    for (const event of ['visitorConsentCollected', 'shopifyCustomerPrivacyApiLoaded'])
      pageDocument()?.addEventListener(event, look, { signal })
    let asked = false
    /** Asks for the API as soon as Shopify can be asked. */
    const find = (): unknown => {
      try {
        look()
        const { customerPrivacy, loadFeatures } = shopify()
        if (customerPrivacy) return true
        if (loadFeatures && !asked) {
          asked = true
          shopify().loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], look)
        }
      } catch {}
      return
    }
    if (!find()) everySecond(find, signal)
  }
