import type { ConsentSource } from '../config.ts'
import { pageWindow } from '../globals.ts'
import { watch } from './watch.ts'

/**
 * Consent by Global Privacy Control (https://w3c.github.io/gpc/): `'denied'` where the browser says
 * `navigator.globalPrivacyControl`, else `'granted'`; it is read again when the page comes back. Where there is no page
 * it stays `'pending'`.
 *
 * GPC is an opt-out signal: it says that somebody does not want their data sold or shared, and its absence is no
 * opt-in. Where the law asks for one, say `allConsents(gpcConsent(), cookieConsent(…))`.
 */
export const gpcConsent = (): ConsentSource => (set, signal) => {
  watch(
    () => {
      const { navigator } = pageWindow() as unknown as { navigator: { globalPrivacyControl?: unknown } }
      return navigator.globalPrivacyControl === true ? 'denied' : 'granted'
    },
    set,
    signal,
  )
}
