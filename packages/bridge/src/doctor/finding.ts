import type { VendorName } from '../delivery/vendor.ts'

/** How bad it is: data is wrong or missing; it may become so; it is as it was asked for, and good to know. */
export type Severity = 'error' | 'warning' | 'info'

/**
 * Each kind of finding: how bad it is, what is expected, and what to do. The panel and docs/doctor.md say it in more
 * words. Worst first.
 */
export const FINDINGS = {
  'ids-differ': ['error', '', 'Let only the bridge identify.'],
  namespace: ['error', '', 'Give createBridge the SDK.'],
  region: ['error', '', "Use the snippet of the account's region."],
  csp: ['error', 'allowed', 'Allow it in the policy.'],
  missing: ['error', 'ready', 'Add its snippet.'],
  blocked: ['error', 'ready', "Check for ad blockers, and the snippet's key."],
  hung: ['error', 'ready', 'Find the request that never ends.'],
  disabled: ['error', 'ready', "Check the account's quota."],
  'dev-mode': ['error', 'off', 'Leave devMode out of init.'],
  destination: ['error', 'off', 'Turn it off in Customer.io.'],
  'flag-other-type': ['error', '', 'Let only the bridge set it, or rename the flag.'],
  'flag-stale': ['warning', '', 'Let only the bridge set it; set it again.'],
  'flag-unknown': ['warning', 'declared', 'Declare it in defineFlags.'],
  'flag-refused': ['warning', 'its type', 'Correct the value or the declaration.'],
  twice: ['warning', '', 'Remove one.'],
  paused: ['warning', 'ready', 'Find what stops capture.'],
  budget: ['warning', '< 80 %', 'Set flags together; track less.'],
  vendor: ['warning', 'no error', 'Find its error in the console.'],
  storage: ['warning', 'allowed', 'Allow site data.'],
  frame: ['warning', 'top', 'Use the bridge in the outer page.'],
  clock: ['warning', 'right', 'Set the clock.'],
  consent: ['info', 'granted', 'Agree in the banner.'],
  impersonated: ['info', 'no', 'Call impersonate(false).'],
  waiting: ['info', 'ready', 'Look again later.'],
  'in-app': ['info', 'loaded', 'Turn them on, if inboxFlags is used.'],
} as const satisfies Record<string, readonly [Severity, expected: string, todo: string]>

/** Kinds of findings; docs/doctor.md explains each. */
export type FindingCode = keyof typeof FINDINGS

/** What each tool itself answers. `null` is an anonymous visitor, `undefined` that it cannot be asked now. */
export interface VendorAnswers {
  /** The bridge's own: who it takes the visitor for. */
  bridge?: string | null
  /** The user id that Customer.io's SDK answers. */
  customerio?: string | null
  /** The user token of Customer.io's in-app messages. */
  gist?: string | null
  fullstory: {
    /** The uid in the snapshot that FullStory itself gives; `undefined` on builds without one (before mid-2026). */
    uid?: string | null
    /** Whether FullStory's cookie is that of somebody identified; `undefined` without a cookie. */
    identified?: boolean
    /** The link to this moment of the session; only while it is captured. */
    session?: string | null
  }
}

/** One thing that is not as it should be. */
export interface Finding {
  code: FindingCode
  severity: Severity
  /** What it is about: a tool, or the name of a flag. */
  about?: VendorName | (string & {})
  /** In short, what should be there. */
  expected: string | null
  /** What is there instead. */
  got: string | null
  /** What each tool itself answered at that time. */
  answers: VendorAnswers
  /** What to do, in one sentence. */
  todo: string
}

/** What {@link diagnose} found. */
export interface Diagnosis {
  /** Errors first, then warnings. Empty: nothing is wrong, as far as a page can tell. */
  findings: Finding[]
  answers: VendorAnswers
}
