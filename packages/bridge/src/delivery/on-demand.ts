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

/** Milliseconds between two looks: a global that is not there costs nothing to look for. */
const PAUSE = 50

/** Loads what knows a vendor, which no visitor without consent has to, and looks for an SDK until one can be attached. */
export const onDemand =
  (given: unknown, load: () => Promise<Finder>): Connector =>
  (turn, changed, limit) => {
    const page = pageWindow() as Page
    let finder: Finder | undefined
    let found: Found | undefined
    let adapter: Adapter | undefined
    let settled = false
    const settle: Turn = (...told) => {
      settled = true
      turn(...told)
    }
    const attach = async ({ sdk, load }: Found) => {
      try {
        adapter = await load()
      } catch (error) {
        return blocked(error)
      }
      try {
        await adapter.attach(sdk, settle, changed, page)
      } catch {
        // It is no SDK, or not one yet.
        found = undefined
      }
    }
    const blocked = (error: unknown) => settle('blocked', String(error))
    const look = (left?: number) => {
      try {
        if (!found) {
          found = finder?.find(given, page)
          if (found) attach(found)
        }
      } catch {}
      if (settled || left === undefined) return
      if (left > 0) setTimeout(look, PAUSE, left - PAUSE)
      else turn(found || !finder ? (adapter?.late?.(page) ?? 'hung') : 'missing')
    }
    load().then(loaded => {
      finder = loaded
      look()
    }, blocked)
    look(limit)
    return look
  }
