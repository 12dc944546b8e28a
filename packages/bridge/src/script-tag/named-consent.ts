import type { ConsentSource } from '../config.ts'
import { type CookieConsentOptions, cookieConsent } from '../consent/cookie-consent.ts'
import { gpcConsent } from '../consent/gpc-consent.ts'
import { shopifyConsent } from '../consent/shopify-consent.ts'

/** A source of consent, as JSON can say it. Values of a cookie are texts, or regular expressions between slashes. */
export type NamedConsent =
  | 'shopify'
  /** Also where Shopify's API does not come, but not where the law asks for consent first. */
  | 'shopify-else-granted'
  | 'gpc'
  | { cookie: Pick<CookieConsentOptions, 'name'> & { granted: string; denied?: string } }

const read = (match: string) => {
  const [, pattern] = /^\/(.+)\/$/.exec(match) ?? []
  return pattern ? new RegExp(pattern) : match
}

export const namedConsent = (named: NamedConsent): ConsentSource => {
  if (named === 'gpc') return gpcConsent()
  if (named === 'shopify') return shopifyConsent()
  if (named === 'shopify-else-granted') return shopifyConsent({ missing: 'granted' })
  // No name of a source: what the bridge makes of it.
  if (typeof named === 'string') return set => set(named)
  const { name, granted, denied } = named.cookie
  return cookieConsent({ name, granted: read(granted), ...(denied && { denied: read(denied) }) })
}
