import type { Consent } from './config.ts'
import type { DropReason } from './delivery/queue.ts'
import type { Step, VendorName, VendorState } from './delivery/vendor.ts'
import type { FlagValue } from './flags/value.ts'
import type { Warning } from './report.ts'

/** One vendor, as it stands now. */
export interface VendorStatus {
  state: VendorState
  /** Why, where the state alone does not say it. */
  reason?: string
  /** Whether the visitor agreed to this tool. */
  consent: Consent
  /** Which interface of the SDK is in use: `cioanalytics`, `classic` or `gist`; `v2` or `v1`. */
  api?: string
  /** The id the SDK itself answers; `null` when anonymous, `undefined` when it cannot be asked now. */
  id?: string | null
  /** Customer.io's anonymous id, as its SDK answers. */
  anonymousId?: string | null
  /** FullStory's link to this moment of the session. Changes: read it when it is used. */
  sessionUrl?: string | null
  /** Calls that wait; who the visitor is counts as one, until the vendor has it. */
  held: number
  /** Calls made since the bridge was created. */
  delivered: number
  /** Calls given up since the bridge was created. */
  dropped: number
}

/** One flag of the current person. */
export interface FlagStatus {
  value: FlagValue
  /** Since when it is true, as whoever set it last has said; epoch milliseconds. */
  at: number
  /** Who has set it last: `'page'`, `'identify'`, `'inbox'`, …; `'ttl'` when it ran out. */
  source: string
  /** When its `ttl` runs out, epoch milliseconds; known once there is consent. */
  expires?: number
  /** Whether FullStory was given this value. */
  sent: boolean
}

/** What the bridge knows at this moment; a plain copy that can be kept or logged. */
export interface Status {
  identity: { state: 'anonymous' | 'guest' | 'known' | 'impersonated'; id: string | null }
  /** The least that was said of one of the tools: `'denied'` before `'pending'` before `'granted'`. */
  consent: Consent
  flags: Record<string, FlagStatus>
  vendors: Record<VendorName, VendorStatus>
  warnings: Warning[]
}

/** How `identify` ended. */
export interface IdentifyResult {
  /**
   * - `stitched`: the anonymous visitor is now this person, with what they did before
   * - `unchanged`: it was this person already
   * - `switched`: it was another person, whose history stays theirs
   * - `refused`: nothing was told to either vendor, see `reason`
   */
  outcome: 'stitched' | 'unchanged' | 'switched' | 'left' | 'refused'
  /** The shared ID, or `null` when it was refused. */
  id: string | null
  /** Who it was before, if anybody. */
  previousId?: string | null
  /** Customer.io's anonymous id of this browser, where its SDK was ready. */
  anonymousId?: string | null
  /** `refused` only. */
  reason?: string
}

/** What listeners of `on` receive, by event name. */
export interface BridgeEvents {
  /** The visitor became somebody else, or nobody. */
  identity: {
    id: string | null
    previousId: string | null
    /** As it was said (`'login'`, `'checkout'`, …), or `'guest'`, `'logout'`, `'customerio'`, `'tab'`. */
    via: string
    /** `stitched`: what the visitor did before is theirs; `switched`, `left`: it is not. */
    outcome: IdentifyResult['outcome']
  }
  /** What the visitor agreed to has changed; as `status().consent`. */
  consent: { consent: Consent }
  /** Flags changed: those whose value is new, by name. */
  flags: { values: Record<string, FlagValue>; source: string }
  /** A call was handed to a vendor's SDK. */
  delivered: Step & { vendor: VendorName }
  /** A call was given up. */
  dropped: Step & { vendor: VendorName; reason: DropReason }
  /** Something was refused, corrected or done without. */
  warning: Warning
  /** FullStory began a session: first, after a pause, after a change of person. What its SDK answers then. */
  session: { id?: string | null; sessionUrl?: string | null }
}
