import type { Page } from '../globals.ts'
import { createDelivery } from './deliver.ts'
import type { Adapter, Finder, Found } from './on-demand.ts'
import type { Connector, Turn } from './vendor.ts'

/** Milliseconds between two looks: a global that is not there costs nothing to look for. */
const PAUSE = 50

/** Looks for a vendor's SDK until one can be attached. */
export const search =
  (given: unknown, finder: Finder, page: Page): Connector =>
  (turn, changed, limit) => {
    let found: Found | undefined
    let adapter: Adapter | undefined
    let settled = false
    const settle: Turn = (state, reason, vendor) => {
      settled = true
      turn(state, reason, vendor, createDelivery)
    }
    const attach = async ({ sdk, load }: Found) => {
      try {
        adapter = await load()
      } catch (error) {
        return settle('blocked', String(error))
      }
      try {
        await adapter.attach(sdk, settle, changed, page)
      } catch {
        // It is no SDK, or not one yet.
        found = undefined
      }
    }
    const look = (left?: number) => {
      try {
        if (!found) {
          found = finder.find(given, page)
          if (found) attach(found)
        }
      } catch {}
      if (settled || left === undefined) return
      if (left > 0) setTimeout(look, PAUSE, left - PAUSE)
      else turn(found ? (adapter?.late?.(page) ?? 'hung') : 'missing')
    }
    look(limit)
    return look
  }
