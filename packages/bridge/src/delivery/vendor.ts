import type { CreateDelivery } from './deliver.ts'

/** JSON values by name, as vendors take them. */
export type Properties = Record<string, unknown>

/** Property types by name, in FullStory's terms (`int`, `real`, `str`, `bool`, `date`). */
export type Types = Record<string, string>

/** The two tools that the bridge keeps in agreement. */
export type VendorName = 'customerio' | 'fullstory'

/**
 * One thing to tell a vendor, in the order it was said.
 * - `identify`: the visitor is this person; anonymous activity before it joins them
 * - `reset`: the person left; what follows belongs to somebody new
 * - `update`: properties of the current person
 * - `track`: an event of the current person
 * - `page`: they are on this page now
 */
export interface Step {
  readonly kind: 'identify' | 'reset' | 'update' | 'track' | 'page'
  /** The visitor it is about, by their place in the order of visitors. */
  n: number
  /** `identify` only: the shared ID; `null` for a guest, who is known by the property `email`. */
  readonly id?: string | null
  /** Of an event, or of a page if it has one. */
  readonly name?: string
  /** `track` only: goes before others when a vendor's limits make them wait, and is given up last. */
  readonly important?: boolean
  properties: Properties
  readonly types: Types
  /** Changes of the person: nothing that was done before is theirs. */
  readonly cut?: boolean
  /** `identify` only: said on an earlier page, which was left before it was known to have arrived. */
  owed?: boolean
  /** Changes of the person: another tab has said it already. */
  readonly told?: boolean
  /** With `told`: the anonymous id that Customer.io's SDK goes on with there. */
  readonly anonymousId?: string | null
}

/**
 * The first of the two interfaces a vendor folder implements: a live SDK, one method for each kind of step. Steps
 * that the SDK need not hear again (the same person) are left out by the adapter, which can ask the SDK. A change of
 * the person that takes its time to arrive answers a promise; what follows waits for it.
 */
export type Vendor = { [Kind in Step['kind']]: (step: Step) => unknown } & {
  /** Which interface of the SDK is in use, for `status()`. */
  readonly api: string
  /** What the SDK itself answers now. */
  read(): Answers
  /**
   * Milliseconds until the vendor's documented limits let it be told this; 0 accounts for it. Without it, there are
   * none. `now` is of a clock that is never set back; with `hurries`, there is no time for what is only better late.
   */
  wait?(step: Step, now: number, hurries: boolean): number
  /** The person's e-mail address, where the SDK holds it. */
  email?(): unknown
  /** Consent was withdrawn: ends what the SDK does by itself, until there is consent again. */
  stop?(): void
}

/** What an SDK can be asked. */
export interface Answers {
  /** The id of the person; `null` for an anonymous visitor, `undefined` when it cannot be asked. */
  id?: string | null
  /** Customer.io's anonymous id. */
  anonymousId?: string | null
  /** FullStory's link to this moment of the session. Changes: read it when it is used. */
  sessionUrl?: string | null
}

/** What a vendor's SDK answers; nothing from one that throws. */
export const answers = ({ vendor }: { vendor?: Vendor }): Answers => {
  try {
    return vendor?.read() ?? {}
  } catch {
    return {}
  }
}

/**
 * Where a vendor's SDK stands.
 * - `waiting`: not found or not ready yet, within the time limit
 * - `ready`: takes calls
 * - `paused`: stopped taking calls (capture shut down or not started, or in the middle of a session change)
 * - `missing`: nothing of it was on the page within the time limit
 * - `blocked`: its script or its settings could not be loaded
 * - `hung`: its script was asked for and did not answer within the time limit
 * - `disabled`: it loaded and refuses to work here (quota, unsupported browser)
 * - `off`: not used (by configuration, without consent, or no window)
 *
 * Calls are held, bounded, in every state but `ready` and `off`; a vendor that turns up late still gets them.
 */
export type VendorState = 'waiting' | 'ready' | 'paused' | 'missing' | 'blocked' | 'hung' | 'disabled' | 'off'

/**
 * Tells that an SDK takes calls (`vendor` is given, and what makes what delivers to it) or does not, and why. May be
 * called any number of times.
 */
export type Turn = (
  state: VendorState,
  reason?: string,
  vendor?: Vendor,
  createDelivery?: CreateDelivery,
) => void

/**
 * The second interface a vendor folder implements: looks for the SDK, for `limit` milliseconds, and whenever what it
 * returns is called. `changed` is called when somebody else may have changed the person through the SDK, with the id
 * when the SDK says that somebody was identified.
 */
export type Connector = (turn: Turn, changed: (said?: unknown) => void, limit: number) => () => void
