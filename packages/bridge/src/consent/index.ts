export { allConsents } from './all-consents.ts'
export { type CookieConsentOptions, type CookieMatch, cookieConsent } from './cookie-consent.ts'
export { gpcConsent } from './gpc-consent.ts'
export { type ShopifyConsentOptions, type ShopifyPurpose, shopifyConsent } from './shopify-consent.ts'
