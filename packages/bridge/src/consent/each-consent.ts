import type { Consent, ConsentSource } from '../config.ts'
import type { VendorName } from '../delivery/vendor.ts'

/**
 * A source for each tool, where visitors may agree to one and not to the other. A tool without a source is never
 * granted; a source that throws has not answered.
 *
 * @example eachConsent({ customerio: cookieConsent({ name: 'cookie_banner', granted: 'all' }), fullstory: gpcConsent() })
 */
export const eachConsent =
  (sources: { readonly [vendor in VendorName]?: ConsentSource }): ConsentSource =>
  (set, signal) => {
    for (const vendor of ['customerio', 'fullstory'] as const)
      try {
        sources[vendor]?.(consent => set({ [vendor]: consent as Consent }), signal)
      } catch {}
  }
