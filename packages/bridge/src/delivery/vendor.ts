/** JSON values by name, as vendors take them. */
export type Properties = Record<string, unknown>

/** The two tools that the bridge keeps in agreement. */
export type VendorName = 'customerio' | 'fullstory'

/**
 * Where a vendor's SDK stands.
 * - `waiting`: not found or not ready yet, within the time limit
 * - `ready`: takes calls
 * - `paused`: was ready and stopped taking calls (capture shut down, or in the middle of a session change)
 * - `missing`: nothing of it was on the page within the time limit
 * - `blocked`: its script could not be loaded
 * - `hung`: its script was asked for and never answered within the time limit
 * - `disabled`: it loaded and refuses to work here (quota, unsupported browser)
 * - `off`: not used on this page (by configuration, or no window)
 *
 * Calls are held, bounded, in every state but `off`; a vendor that turns up late still gets them.
 */
export type VendorState =
  | 'waiting'
  | 'ready'
  | 'paused'
  | 'missing'
  | 'blocked'
  | 'hung'
  | 'disabled'
  | 'off'

/** The first of the two interfaces a vendor folder implements: what a live SDK can be asked. */
export interface Vendor {
  /** Which interface of the SDK is in use, for `status()`. */
  readonly api: string
  /** True when {@link Vendor.identify} spends one call of the vendor's budget even with properties. */
  readonly oneCall: boolean
  /** Makes `id` the current person; anonymous activity before it joins the person. */
  identify(id: string, properties: Properties): unknown
  /** Ends the person: what follows belongs to somebody new. */
  reset(properties: Properties): unknown
  /** Sets properties of the current person. */
  update(properties: Properties): unknown
  /** Records an event of the current person. */
  track(name: string, properties: Properties): unknown
  /** The id the SDK itself answers; `null` for an anonymous visitor, `undefined` when it cannot be asked. */
  currentId(): string | null | undefined
  /** The anonymous id the SDK itself answers, where it has one. */
  anonymousId?(): string | null
  /** Link to the session at this moment, where the vendor records one. */
  sessionUrl?(): string | null
}

/** What a connector tells as it finds its SDK. */
export interface Connection {
  /** The SDK takes calls from now on. May be told again after `state('paused')`. */
  ready(vendor: Vendor): void
  /** The SDK does not take calls, and why. */
  state(state: VendorState, reason?: string): void
  /** Somebody other than the bridge changed the person through the SDK. */
  changed(): void
}

/**
 * The second interface a vendor folder implements: finds the SDK, now or later, without ever polling forever.
 * Returns a function that stops looking and listening. `again` is called when there is a new reason to look.
 */
export type Connector = (connection: Connection) => { stop(): void; again(): void }
