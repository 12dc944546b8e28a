import { type Page, pageWindow } from '../globals.ts'
import type { Connector, Turn, VendorState } from './vendor.ts'

/**
 * Makes the vendor of an SDK that is on the page, and tells of it by `turn`, whenever it takes calls. Throws, or
 * rejects, when it is no SDK, or not one yet.
 *
 * @param given the SDK, or what was configured for it
 */
export type Attach<Given = unknown> = (
  given: Given,
  turn: Turn,
  changed: (said?: unknown) => void,
  page: Page,
) => unknown

/** What knows one SDK. */
export interface Adapter {
  readonly attach: Attach
  /** Why the SDK does not answer within the time limit; `hung` unless that can be told. */
  late?(page: Page): VendorState
}

/** An SDK on the page, or what was configured for it, and what knows it. */
export interface Found {
  readonly sdk: unknown
  load(): Adapter | Promise<Adapter>
}

/**
 * What the file of a vendor holds. It imports nothing that the core has, too: that would be a file of its own.
 *
 * @param given what was configured
 */
export interface Finder {
  find(given: unknown, page: Page): Found | undefined
}

/** Loads what knows a vendor, and what delivers, which no visitor without consent has to; then looks for the SDK. */
export const onDemand =
  (given: unknown, load: () => Promise<Finder>): Connector =>
  (turn, changed, limit) => {
    let look: (() => void) | undefined
    Promise.all([import('./delivery.ts'), load()]).then(
      ([{ search }, finder]) => {
        look = search(given, finder, pageWindow() as Page)(turn, changed, limit)
      },
      error => {
        // Not asked for again.
        look = () => {}
        turn('blocked', String(error))
      },
    )
    setTimeout(() => look || turn('hung'), limit)
    return () => look?.()
  }
