import type { ConsentSource } from '../config.ts'
import { pageDocument, pageWindow } from '../globals.ts'
import { everySecond } from './every-second.ts'
import { watch } from './watch.ts'

/** Which values of a cookie are meant: this one, those that the expression finds, or those it is `true` for. */
export type CookieMatch = string | RegExp | ((value: string) => boolean)

/** What {@link cookieConsent} takes. */
export interface CookieConsentOptions {
  /** The cookie's name, as it is stored. Scripts cannot see one that is `HttpOnly`: that is no answer. */
  name: string
  /** The values that mean yes. */
  granted: CookieMatch
  /** The values that mean no. Without it, all that do not mean yes; with it, others are no answer. It counts first. */
  denied?: CookieMatch
}

// Anything else, `undefined` for instance, means no value at all, and a promise is no yes.
const means = (match: CookieMatch | undefined, value: string): boolean =>
  typeof match === 'function'
    ? match(value) === true
    : // Unlike `test`, `search` does not go on from where an expression with the flag `g` has stopped.
      match instanceof RegExp
      ? value.search(match) >= 0
      : match === value

/**
 * Consent that a banner keeps in a cookie. The value is URL-decoded. Without the cookie it is `'pending'`, also where
 * cookies cannot be read, the value cannot be decoded or a function of yours throws. It is looked at again when the
 * page comes back, and when the browser says that cookies have changed; browsers that cannot say are asked every
 * second while the page is visible.
 *
 * @example cookieConsent({ name: 'CookieConsent', granted: /statistics:true.*marketing:true/ })
 */
export const cookieConsent =
  (options: CookieConsentOptions): ConsentSource =>
  (set, signal) => {
    const look = watch(
      () => {
        const { name, granted, denied } = options
        const start = `${name}=`
        const cookies = pageDocument().cookie.split('; ')
        const cookie = cookies.find(text => text.startsWith(start))
        if (cookie === undefined) return 'pending'
        const value = decodeURIComponent(cookie.slice(start.length))
        if (means(denied, value)) return 'denied'
        return means(granted, value) ? 'granted' : denied === undefined ? 'denied' : 'pending'
      },
      set,
      signal,
    )
    try {
      const store = pageWindow()?.cookieStore as EventTarget
      store.addEventListener('change', look, { signal })
    } catch {
      everySecond(look, signal)
    }
  }
