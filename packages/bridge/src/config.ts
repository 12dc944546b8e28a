import type { CustomerIoApi } from './customerio/connect.ts'
import type { VendorName } from './delivery/vendor.ts'
import type { FlagPlan } from './flags/plan.ts'
import type { FullStoryApi } from './fullstory/find-fullstory.ts'

/** Whether the visitor agreed: before `granted` nothing is called or stored. */
export type Consent = 'granted' | 'denied' | 'pending'

/** What was said of each tool; one that is left out stays as it was. */
export type Consents = Consent | { readonly [vendor in VendorName]?: Consent }

/**
 * Knows whether the visitor agreed. Called once, with what takes the answer, now and whenever it changes. Until it
 * has answered, nothing is called or stored.
 *
 * @param set as `setConsent`
 * @param signal is aborted when the bridge is destroyed: stop listening then
 */
export type ConsentSource = (set: (consent: Consents) => void, signal: AbortSignal) => void

/** What {@link createBridge} takes. */
export interface BridgeConfig<Plan extends FlagPlan> {
  /** The flags this store mirrors, from `defineFlags`. 1 to 15 unless `maxFlags` says otherwise. */
  flags: Plan
  /**
   * Customer.io's SDK: `'auto'` (default) finds the snippet's `window.cioanalytics`, else the classic snippet's
   * `window._cio`, else `window.Gist` (in-app messages by themselves, once `setup` was called), also when they come
   * later. Or what it is: the `AnalyticsBrowser` of `@customerio/cdp-analytics-browser`, `_cio`, `Gist`, or one that
   * takes events and `Gist` beside it, as `{ analytics, gist }`. `false`: not used.
   */
  customerio?: 'auto' | CustomerIoApi | false
  /**
   * FullStory: `'auto'` (default) finds the snippet whatever its namespace, also when it comes later; else `FS` or
   * the `FullStory` of `@fullstory/browser`. `{ api: 'v1' }` uses the methods of old snippets. `false`: not used.
   */
  fullstory?: 'auto' | FullStoryApi | { api: 'v1' } | false
  /** How visitors are identified. */
  identity?: {
    /** What the shared ID is. `'id'` (default): e-mail addresses are refused as ids. `'email'`: they are the ids. */
    key?: 'id' | 'email'
    /**
     * What a guest is. `'defer'` (default): an anonymous visitor to FullStory with the e-mail address as a property,
     * a trait to Customer.io; the session stays in one piece when the id is known. `'email'`: the address, trimmed and
     * in lower case, is the shared ID. `'hash'`: its SHA-256 in hexadecimal is.
     */
    guest?: 'defer' | 'email' | 'hash'
    /** `true` (default): a person identified or reset through Customer.io by others is carried to FullStory. */
    follow?: boolean
  }
  /**
   * Default `'granted'`. With another value nothing happens until `setConsent('granted')`, or until a source says so.
   * For each tool by itself: `{ customerio: 'granted', fullstory: 'pending' }`; one that is left out is pending. For
   * sources of each tool see `eachConsent` of `retention-bridge/consent`.
   */
  consent?: Consents | ConsentSource
  /** How long a vendor may take to appear or answer before `status()` says so, in milliseconds. Default 10,000. */
  timeout?: number
  /**
   * Names of events that go before others when FullStory's limits make them wait, and are given up last. Default
   * `/^checkout_|^payment_failed$/`.
   */
  important?: RegExp
  /**
   * Fields of events that may look like personal data. All others are left out when an e-mail address, a payment card's
   * number, an IBAN or a long token is in them.
   */
  allowSensitive?: readonly string[]
  /**
   * Names of events that Customer.io gets with `fullstory_session_url`, FullStory's link to that moment, as a regular
   * expression or its source. Default `/^(payment_failed|checkout_abandoned|friction_detected)$/`; `false`: none. An
   * event waits for a session that is about to begin, for a second at most; without a link it goes, too.
   */
  replayLinks?: RegExp | string | false
  /** More flags than 15 are a mistake in most stores: FullStory keeps 500 user properties for all of them. */
  maxFlags?: number
  /**
   * `true`: the development build logs every call to a vendor, with its values, which are personal data. The
   * production build never writes to the console: use `status()` and `on()` there.
   */
  debug?: boolean
}
