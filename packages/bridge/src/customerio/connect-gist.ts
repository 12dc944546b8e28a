import type { Connector, Step, Vendor } from '../delivery/vendor.ts'
import { type GistApi, type GistPage, gist } from './gist.ts'

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
  return { ...vendor, identify: tell, reset: tell }
}

/**
 * Waits for `setup` of Gist: of `given`, of the page's, or of `given.gist` beside `given.analytics`, which is found by
 * `connectAnalytics`. That one is told everything, and not kept from its calls for longer than the time limit.
 */
export const connect =
  (
    given: unknown,
    page: Window & { Gist?: unknown; cioanalytics?: unknown },
    connectAnalytics: (given: unknown) => Connector,
  ): Connector =>
  turn => {
    const { analytics, gist: beside } = given as { analytics?: { instance?: Loaded }; gist?: GistApi }
    let look: ReturnType<Connector> | undefined
    return expired => {
      const sdk = (beside ?? (given === 'auto' ? page.Gist : given)) as GistApi
      if (analytics && (expired || sdk.initialized)) {
        // An `AnalyticsBrowser` has its SDK inside; a stub is replaced on the page.
        const loaded = () => analytics.instance ?? (page.cioanalytics as Loaded | undefined)
        look ??= connectAnalytics(analytics)((state, reason, vendor) =>
          turn(state, reason, vendor && both(vendor, sdk, page, loaded)),
        )
        return look(expired)
      }
      // A Gist that shows only what the page itself embeds takes no token.
      if (sdk.config?.embedOnly) turn('disabled', 'embedOnly')
      else if (sdk.initialized) turn('ready', '', gist(sdk, page))
      else if (expired) turn('setUserToken' in Object(sdk) ? 'hung' : 'missing')
      return sdk.initialized
    }
  }
