import type { Consent } from '../config.ts'
import type { CreateUpkeep } from '../flags/upkeep.ts'
import { pageWindow } from '../globals.ts'
import type { CreateTelling } from '../identity/telling.ts'
import type { Deliver } from './deliver.ts'
import type { Connector, Step, Vendor, VendorState } from './vendor.ts'

/** Why a step never reached its vendor. */
export type DropReason = 'full' | 'person_changed' | 'consent' | 'error'

/** What a queue asks and tells the bridge. */
export interface QueueListener {
  /** What delivers is there, and with it what else is needed for that. */
  loaded(createTelling: CreateTelling, createUpkeep: CreateUpkeep): void
  /** Before anything is delivered: what other tabs have done has to be known. */
  draining(): void
  /** The first change of the person that the vendor has to be told of, if there is one. */
  next(): Step | undefined
  /** A step was delivered, or dropped for this reason. */
  told(step: Step, reason?: DropReason): void
  /** Before the queue goes on by that. */
  turned(state: VendorState, reason?: string): void
  /** Somebody else may have changed the person; `said` when the SDK says who. */
  changed(said?: unknown): void
  /** All that could be delivered in this task was. */
  drained(): void
  threw(error: unknown): void
  /** Of a clock that is never set back. */
  now(): number
}

/** The ordered queue of one vendor: what is said of each visitor, after the vendor was told of them. */
export interface Queue {
  state: VendorState
  reason?: string
  /** The live SDK while it takes calls. */
  vendor?: Vendor
  /** What was said and waits. */
  readonly held: Step[]
  /** The visitor whom the vendor takes for the current one; `undefined` until it is known. */
  at?: number
  /** A change of the person that is on its way to the vendor. */
  busy?: Step
  /** Denied, nothing is held. */
  consent: Consent
  delivered: number
  dropped: number
  /** As the vendor's: milliseconds until it is told this, and all that was said after it. */
  wait?(step: Step, now: number, hurries: boolean): number
  push(step: Step): void
  /** Gives up a step. */
  drop(step: Step | undefined, reason: DropReason): void
  /** Delivers at the end of this task. */
  wake(): void
  /** Delivers what can be delivered, in this task; when the page is being left, without waiting for an answer. */
  drain(leaving?: boolean): void
  /** Starts looking for the vendor. */
  open(): void
  /** Stops, and forgets everything held; `withdrawn`: for want of consent. */
  close(withdrawn?: boolean): void
}

/** Steps held for one vendor; a page that runs for hours with a vendor missing stays small. */
const MAX_HELD = 200

export const createQueue = (connect: Connector | false, limit: number, on: QueueListener): Queue => {
  const held: Step[] = []
  let look: (() => void) | undefined
  let deliver: Deliver | undefined
  let search: unknown
  // The last SDK that took calls.
  let known: Vendor | undefined
  let scheduled: unknown
  // In this task no more can be delivered.
  let stuck: unknown

  const queue: Queue = {
    state: 'off',
    consent: 'pending',
    held,
    delivered: 0,
    dropped: 0,
    drop: (step, reason) => {
      queue.dropped++
      on.told(step as Step, reason)
    },
    push: step => {
      if (!connect || queue.consent === 'denied') return
      // Latest wins: what is not sent yet is replaced, as long as it is the same visitor's.
      const earlier = step.kind === 'update' && held.find(({ kind, n }) => kind === 'update' && n === step.n)
      if (earlier) {
        Object.assign(earlier.properties, step.properties)
        Object.assign(earlier.types, step.types)
      } else if (held.push(step) > MAX_HELD) {
        // All that can be delivered is, before anything is given up.
        if (queue.vendor && !stuck) queue.drain()
        stuck = held.length > MAX_HELD
        if (!stuck) return
        const spare = held.find(({ kind, important }) => kind !== 'update' && !important) ?? held[0]
        held.splice(held.indexOf(spare as Step), 1)
        queue.drop(spare, 'full')
      }
      queue.wake()
    },
    wake: () => {
      if (!scheduled)
        queueMicrotask(() => {
          scheduled = stuck = false
          queue.drain()
        })
      scheduled = true
    },
    drain: leaving => {
      // A vendor that was given up may be there by now.
      if (!queue.vendor) look?.()
      on.draining()
      deliver?.(leaving)
      on.drained()
    },
    open: () => {
      if (!connect || look || !pageWindow()) return
      queue.state = 'waiting'
      const mine = {}
      search = mine
      look = connect(
        (state, reason, vendor, createDelivery) => {
          // A search that was closed goes unheard.
          if (search !== mine) return
          deliver ??= createDelivery?.(queue, limit, on)
          Object.assign(queue, { state, reason, vendor })
          known = vendor ?? known
          on.turned(state, reason)
          queue.drain()
        },
        on.changed,
        limit,
      )
    },
    close: withdrawn => {
      look = search = queue.vendor = queue.busy = undefined
      queue.state = 'off'
      while (held[0]) queue.drop(held.shift(), 'consent')
      if (withdrawn) known?.stop?.()
      known = undefined
    },
  }
  return queue
}
