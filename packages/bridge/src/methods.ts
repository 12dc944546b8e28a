import type { Consents } from './config.ts'
import type { VendorName } from './delivery/vendor.ts'
import type { FlagPlan, FlagValues } from './flags/plan.ts'
import type { BridgeEvents, IdentifyResult, Status } from './status.ts'

/** What goes with {@link Bridge.identify}. */
export interface IdentifyOptions<Plan extends FlagPlan> {
  /** Attributes for Customer.io; FullStory does not get them. */
  traits?: Record<string, unknown>
  /** Flags of this person, as for `setFlags`. Sent to nobody when the id is refused. */
  flags?: FlagValues<Plan>
  /** How the person became known, for listeners: `'login'` (default), `'checkout'`, … */
  via?: string
}

/** What goes with {@link Bridge.setFlags}. */
export interface FlagOptions {
  /** Where the values come from, for listeners and `status()`: `'page'` (default), `'inbox'`, … */
  source?: string
  /** Since when they are true, epoch milliseconds; now by default. A flag that was set later keeps its value. */
  at?: number
}

/** What goes with {@link Bridge.track}. */
export interface TrackOptions {
  /** The only vendor to tell, where the other knows already; both by default. */
  to?: VendorName
}

/** What {@link Bridge.page} takes. */
export interface PageView {
  /**
   * As in-app rules of Customer.io and filters of FullStory know it: `'Checkout'`, not an address. A text of at most
   * 2,730 characters (8 kB in FullStory); anything else is left out and reported.
   */
  name?: string
  /** As for an event. */
  properties?: Record<string, unknown>
}

/** Keeps Customer.io and FullStory agreed on who the visitor is. No method throws or rejects. */
export interface Bridge<Plan extends FlagPlan> {
  /**
   * The visitor is this person, in both vendors. Call it on login, registration, and on each page of somebody who
   * is logged in: what a vendor knows already is not sent again.
   *
   * @param id the shared ID, text or an integer, at most 150 characters: a customer number, not an e-mail address
   */
  identify(id: string | number, options?: IdentifyOptions<Plan>): Promise<IdentifyResult>
  /**
   * Sets flags of the current person as FullStory user properties. Calls in one task are one vendor call, unchanged
   * values are none. A wrong value is refused with a warning and leaves the last good one.
   */
  setFlags(values: FlagValues<Plan>, options?: FlagOptions): void
  /**
   * Forgets the flags of the current person, in this browser. FullStory keeps what it was told: to change that, set
   * them. What was set and not sent is not sent any more, and nothing runs out.
   */
  clearFlags(): void
  /**
   * Records an event in both vendors.
   *
   * @param name 1 to 100 printable ASCII characters (Customer.io takes 100 bytes), by custom snake_case:
   * `checkout_started`
   * @param properties plain data: texts, finite numbers, booleans, `Date`s, lists and objects of them. Names are
   * letters, digits and `_`. What does not fit is left out with a warning.
   */
  track(name: string, properties?: Record<string, unknown>, options?: TrackOptions): void
  /**
   * The visitor is on this page now: for routers that change the page without loading one. Customer.io is told of a
   * page view, which its in-app rules go by; FullStory gets properties of the page. The first page of a visit is the
   * vendors' snippets' own.
   */
  page(page?: PageView): void
  /**
   * A guest gave their e-mail address, at the contact step of a checkout for instance. Customer.io has it at once, so
   * that a recovery campaign can start; what FullStory is told depends on `identity.guest`. Somebody who is known
   * stays who they are, and nothing is sent.
   *
   * @param guest `email`, and further traits for Customer.io
   */
  guest(guest: { email: string; [trait: string]: unknown }): Promise<IdentifyResult>
  /**
   * `true`: a support agent acts as the customer. Until `false` nothing is identified, sent or stored, and what was
   * held is discarded. Call it on each page of the agent, before anything else.
   */
  impersonate(on: boolean): void
  /** The person left: both vendors go on with a new anonymous visitor. Harmless when nobody was known. */
  logout(): void
  /**
   * Consent was given or withdrawn. On `'denied'`, and on `'pending'` after `'granted'`, calls stop in the same task;
   * what was held is discarded and not replayed later; a FullStory capture that ran is shut down, and started again
   * with the next `'granted'`. A `logout` counts without consent, too. `{ fullstory: 'denied' }` is said of one tool only.
   */
  setConsent(consent: Consents): void
  /** What is known at this moment, and what each vendor's own SDK answers. */
  status(): Status
  /** Listens to an event; returns a function that ends it. A listener that throws stops nobody. */
  on<Name extends keyof BridgeEvents>(name: Name, listener: (event: BridgeEvents[Name]) => void): () => void
  /** Resolves when each vendor is ready or known not to be, or after `timeout` milliseconds (5,000). */
  ready(options?: { timeout?: number }): Promise<Status>
  /** Resolves when all that was held has been handed over and sent or given up, or after `timeout` ms (5,000). */
  flush(options?: { timeout?: number }): Promise<Status>
  /** Stops everything. What is still held is discarded. May be called twice. */
  destroy(): void
}
