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

/** What the file of an adapter holds. It imports nothing that the core has, too: that would be a file of its own. */
export interface Adapter<Given> {
  readonly attach: Attach<Given>
  /** Why the SDK does not answer within the time limit; `hung` unless that can be told. */
  late?(page: Page): VendorState
}

/** An SDK on the page, and where what knows it comes from. */
export interface Found<Given> {
  readonly sdk: Given
  /** The adapter is a file of its own: pages do not load what they have no SDK for. */
  load(): Promise<Adapter<Given>>
}

/** Milliseconds between two looks: a global that is not there costs nothing to look for. */
const PAUSE = 50

/** Looks for an SDK until there is one that can be attached. */
export const onDemand =
  <Given>(find: () => Found<Given> | undefined): Connector =>
  (turn, changed, limit) => {
    let found: Found<Given> | undefined
    let adapter: Adapter<Given> | undefined
    let settled = false
    const settle: Turn = (...told) => {
      settled = true
      turn(...told)
    }
    const attach = async (mine: Found<Given>) => {
      try {
        adapter = await mine.load()
      } catch (error) {
        settle('blocked', String(error))
      }
      try {
        await adapter?.attach(mine.sdk, settle, changed, pageWindow() as Page)
      } catch {
        // It is no SDK, or not one yet.
        found = undefined
      }
    }
    const look = (left?: number) => {
      try {
        if (!found) {
          found = find()
          if (found) attach(found)
        }
      } catch {}
      if (settled || left === undefined) return
      if (left > 0) setTimeout(look, PAUSE, left - PAUSE)
      else turn(found ? (adapter?.late?.(pageWindow() as Page) ?? 'hung') : 'missing')
    }
    look(limit)
    return look
  }
