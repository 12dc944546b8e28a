import type { Step, Vendor } from '../delivery/vendor.ts'

/** What the bridge uses of `customerio-gist-web` 3. */
export interface GistApi {
  /** True once `setup` was called; before that the other methods fail. */
  initialized?: boolean
  config?: { embedOnly?: boolean; isPreviewSession?: boolean }
  setUserToken(token: string): unknown
  clearUserToken(): unknown
  clearCustomAttributes?(): unknown
}

/** The page; given, so that this file shares no code, which all pages would have to load. */
export type GistPage = Pick<Window, 'localStorage'>

/**
 * Customer.io's in-app messages by themselves. Gist knows a user token and nothing else: it has no way to carry
 * events and traits, which are left out. A guest's e-mail address is no token: the messages of a person known by
 * address are another inbox. A guest session of Gist's own (`useAnonymousSession`) counts as anonymous.
 *
 * What it holds is read from where it keeps it (published source of `customerio-gist-web` 3.26): `localStorage`, as
 * JSON with an expiry, 30 days for a token. `read().id` is `undefined` in a preview session, which has a token of its
 * own, and where storage is denied.
 */
export const gist = (sdk: GistApi, page: GistPage): Vendor => {
  const stored = (name: string): string | null => {
    const { value, expiry } = JSON.parse(page.localStorage[`gist.web.${name}`] ?? '{}')
    return new Date(expiry) > new Date() ? value : null
  }
  const read = () => {
    try {
      // `clearUserToken` leaves the mark of a guest session behind, and `setUserToken` takes it away.
      if (!sdk.config?.isPreviewSession)
        return { id: stored('usingGuestUserToken') ? null : stored('userToken') }
    } catch {}
    return {}
  }
  const become = async ({ id = null, elsewhere, owed }: Step) => {
    const current = read().id
    // Another tab's token is in the storage that they share, but this tab still listens for the one before.
    if (current === id && !elsewhere && !owed) return
    // What the page told Gist of that person; the SDK's in-app plugin takes it back, too.
    if (current && current !== id) sdk.clearCustomAttributes?.()
    await (id ? sdk.setUserToken(id) : sdk.clearUserToken())
  }
  return { api: 'gist', read, identify: become, reset: become, update: () => {}, track: () => {} }
}
