import { cookieConsent } from 'retention-bridge/consent'

const COOKIE = 'analytics_choice'

/** What the banner has written, for the bridge; it hears of changes by itself. */
export const consent = cookieConsent({ name: COOKIE, granted: 'yes' })

/** Keeps the visitor's answer for half a year. */
export function choose(answer: 'yes' | 'no'): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
  document.cookie = `${COOKIE}=${answer}; path=/; max-age=15552000; samesite=lax`
}
