import type { VendorState } from '../delivery/vendor.ts'
import type { Page } from '../globals.ts'

/** What is expected, and what is there; `false` when they are the same. */
export type Difference = readonly [expected: string, got: string] | false | undefined

/** What a page shows of a vendor, whether its SDK works or not. */
export interface Examined {
  /** By which global it is reached. */
  namespace?: Difference
  region?: Difference
  /** Whether it is loaded twice. */
  twice?: Difference
  /** Whether a request to this address is the vendor's. */
  isOwn(address: string): boolean
}

/** What Customer.io shows besides. */
export interface ExaminedCustomerIo extends Examined {
  /** The user token of in-app messages; `null` when there is none or that of a guest. */
  token?: string | null
  /** Whether anything has in-app messages, and with them an inbox. */
  inApp?: unknown
}

/** What FullStory shows besides. */
export interface ExaminedFullStory extends Examined {
  /** Whether its cookie has the hash of a uid, which only an identified visitor's has. */
  identified?: boolean
  /** The user properties that this page has set, as FullStory itself gives them; none on builds that do not. */
  properties: Record<string, unknown>
  devMode?: unknown
}

/**
 * Looks at a vendor; `off`, also for want of consent, neither its SDK nor what that stores. Nothing
 * where the page does not let it.
 *
 * @param given what `createBridge` was given
 */
export type Examine<Result extends Examined> = (
  page: Page,
  given: unknown,
  state: VendorState,
) => Result | undefined
