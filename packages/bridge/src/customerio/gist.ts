import type { Attach } from '../delivery/on-demand.ts'
import type { Step, Vendor } from '../delivery/vendor.ts'
import { readGist } from './gist-storage.ts'

/** What the bridge uses of `customerio-gist-web` 3. */
export interface GistApi {
  /** True once `setup` was called; before that the other methods fail. */
  initialized?: boolean
  config?: { embedOnly?: boolean; isPreviewSession?: boolean }
  setUserToken(token: string): unknown
  clearUserToken(): unknown
  clearCustomAttributes?(): unknown
  setCurrentRoute?(route: string): unknown
}

/** The page; given, so that this file shares no code, which all pages would have to load. */
export type GistPage = Pick<Window, 'localStorage' | 'location'>

/**
 * Customer.io's in-app messages by themselves. Gist knows a user token and nothing else: it has no way to carry
 * events and traits, which are left out. A guest's e-mail address is no token: the messages of a person known by
 * address are another inbox. A guest session of Gist's own (`useAnonymousSession`) counts as anonymous.
 *
 * What it holds is read from where it keeps it, a token for 30 days. `read().id` is `undefined` in a preview session,
 * which has a token of its own, and where storage is denied.
 */
export const gist = (sdk: GistApi, page: GistPage): Vendor => {
  const read = () => {
    try {
      // `clearUserToken` leaves the mark of a guest session behind, and `setUserToken` takes it away.
      if (!sdk.config?.isPreviewSession)
        return {
          id: readGist(page.localStorage, 'usingGuestUserToken')
            ? null
            : (readGist(page.localStorage, 'userToken') as string | null),
        }
    } catch {}
    return {}
  }
  const become = async ({ id = null, told, owed }: Step) => {
    const current = read().id
    // Another tab's token is in the storage that they share, but this tab still listens for the one before.
    if (current === id && !told && !owed) return
    // What the page told Gist of that person; the SDK's in-app plugin takes it back, too.
    if (current && current !== id) sdk.clearCustomAttributes?.()
    await (id ? sdk.setUserToken(id) : sdk.clearUserToken())
  }
  return {
    api: 'gist',
    read,
    identify: become,
    reset: become,
    update: () => {},
    track: () => {},
    // Rules of messages go by the name, else by the address.
    page: async ({ name }) => sdk.setCurrentRoute?.(name ?? page.location.href),
  }
}

/** The newest SDK, as far as it tells whether its in-app plugin is at work: that adds `inbox`. */
interface Loaded {
  inbox?: unknown
}

/** An SDK with Gist beside it, which is told who it is, unless an in-app plugin tells it. */
const both = (vendor: Vendor, sdk: GistApi, page: GistPage, loaded: () => Loaded | undefined): Vendor => {
  const tell = (step: Step) => {
    // Not waited for: what the SDK is told does not depend on it. A Gist that was never set up refuses.
    if (!loaded()?.inbox) Promise.resolve(gist(sdk, page)[step.kind](step)).catch(() => {})
    return vendor[step.kind](step)
  }
  return { ...vendor, identify: tell, reset: tell, page: tell }
}

/** Milliseconds between two looks for `setup`, and how many; after the second number an SDK beside it goes on alone. */
const PAUSE = 50
const LOOKS = 1200
const PATIENCE = 40

/** Waits for `setup` of Gist: of `given`, of the page's, or of `given.gist` beside `given.analytics`. */
export const attach: Attach = (given, turn, changed, page) => {
  const { analytics, gist: beside } = given as { analytics?: { instance?: Loaded }; gist?: GistApi }
  const find = () => (beside ?? (given === 'auto' ? page.Gist : given)) as GistApi
  const analyticsNow = () =>
    analytics === ('auto' as unknown) ? (page.cioanalytics ?? page._cio) : analytics
  const besideAnalytics = async () => {
    // An `AnalyticsBrowser` has its SDK inside; a stub is replaced on the page.
    const loaded = () => analytics?.instance ?? (page.cioanalytics as Loaded | undefined)
    const customerio = await import('./find-customerio.ts')
    const adapter = await customerio.find(analyticsNow(), page)?.load()
    adapter?.attach(
      analytics,
      (state, reason, vendor) => turn(state, reason, vendor && both(vendor, find(), page, loaded)),
      changed,
      page,
    )
  }
  const look = (looks: number): unknown => {
    const sdk = find()
    if (analyticsNow() && (sdk.initialized || looks > PATIENCE)) return besideAnalytics()
    // A Gist that shows only what the page itself embeds takes no token.
    if (!analytics && sdk.config?.embedOnly) turn('disabled', 'embedOnly')
    else if (!analytics && sdk.initialized) turn('ready', '', gist(sdk, page))
    else if (looks < LOOKS) setTimeout(look, PAUSE, looks + 1)
  }
  if (!analytics && !('setUserToken' in find())) throw new TypeError('not Gist')
  return look(0)
}
