import { pageWindow } from '../globals.ts'
import { type Budget, createBudget, type Limit } from './budget.ts'
import { search } from './search.ts'
import type { Connector, Step, Vendor, VendorState } from './vendor.ts'

/** Why a step never reached its vendor. */
export type DropReason = 'full' | 'person_changed' | 'consent' | 'error'

/** What a vendor documents about how much it takes: first for changes of the person, then for events. */
export type Limits = readonly [person: readonly Limit[], event: readonly Limit[]]

/** What a queue tells the bridge. */
export interface QueueListener {
  delivered(step: Step): void
  dropped(step: Step, reason: DropReason): void
  turned(state: VendorState, reason?: string): void
  /** The person may have been changed by somebody else. */
  changed(): void
  /** Steps are about to go out. */
  draining(): void
  failed(error: unknown): void
}

/** The ordered queue of one vendor. */
export interface Queue {
  state: VendorState
  reason?: string
  /** The live SDK while it takes calls. */
  vendor?: Vendor
  /** Steps that wait. */
  readonly held: Step[]
  delivered: number
  dropped: number
  push(step: Step): void
  /** Delivers what can be delivered, in this task. */
  drain(): void
  /** Starts looking for the vendor. */
  open(): void
  /** Stops, and forgets everything held. */
  close(): void
}

/** Steps held for one vendor; a page that runs for hours with a vendor missing stays small. */
const MAX_HELD = 200
/** Calls kept back from flags and events, for logins. */
const SPARE = 3

/** Whether a step changes who the visitor is. */
export const changesPerson = ({ kind }: Step): boolean => kind === 'identify' || kind === 'reset'

export const createQueue = (
  connect: Connector | false,
  limit: number,
  on: QueueListener,
  limits: Limits = [[], []],
): Queue => {
  const held: Step[] = []
  const [person, event] = limits.map(createBudget) as [Budget, Budget]
  let timer: ReturnType<typeof setTimeout> | undefined
  let look: ReturnType<Connector> | undefined
  let scheduled = false
  let closed = false
  // The vendor could not be told who the visitor is now: nothing that is said of them may reach it.
  let lost = false

  const empty = (reason: DropReason) => {
    while (held[0]) drop(held.shift() as Step, reason)
  }
  const drop = (step: Step, reason: DropReason) => {
    lost ||= changesPerson(step)
    queue.dropped++
    on.dropped(step, reason)
  }

  // Latest wins: what is not sent yet is replaced, as long as it is the same person's.
  const merged = (step: Step): boolean => {
    for (let index = held.length; step.kind !== 'track' && index--; ) {
      const earlier = held[index] as Step
      if (earlier.kind === step.kind && earlier.id === step.id) {
        Object.assign(earlier.properties, step.properties)
        Object.assign(earlier.types, step.types)
        return true
      }
      if (changesPerson(earlier)) break
    }
    return false
  }

  const deliver = (step: Step) => {
    try {
      const result = (queue.vendor as Vendor)[step.kind](step)
      Promise.resolve(result).catch(on.failed)
      lost &&= !changesPerson(step)
      queue.delivered++
      on.delivered(step)
    } catch (error) {
      on.failed(error)
      drop(step, 'error')
    }
  }

  const probe = (expired?: boolean) => {
    try {
      return !look || look(expired)
    } catch {
      // What is there is no SDK, or not one yet.
      if (expired) queue.state = 'missing'
    }
  }

  const queue: Queue = {
    state: 'off',
    held,
    delivered: 0,
    dropped: 0,
    push: step => {
      if (!connect || closed || merged(step)) return
      if (held.length >= MAX_HELD) {
        if (!changesPerson(step)) return drop(step, 'full')
        // A page that identifies in a loop: only the latest matters.
        empty('full')
      }
      held.push(step)
      if (!scheduled)
        queueMicrotask(() => {
          scheduled = false
          queue.drain()
        })
      scheduled = true
    },
    drain: () => {
      clearTimeout(timer)
      on.draining()
      // A vendor that was given up may be there by now.
      if (!queue.vendor) probe()
      let soonest = Infinity
      for (let index = 0; queue.vendor && index < held.length; ) {
        const step = held[index] as Step
        const changes = changesPerson(step)
        const unsaid = lost && !changes
        const wait = unsaid ? 0 : (step.kind === 'track' ? event : person)(changes ? 0 : SPARE)
        // Kept waiting, it would be told of somebody else, or hold up the next person.
        const late = wait ? held.slice(index + 1).some(changesPerson) : unsaid
        if (wait && !late) {
          soonest = Math.min(soonest, wait)
          if (changes) break
          index++
        } else {
          held.splice(index, 1)
          if (late) drop(step, 'person_changed')
          else deliver(step)
        }
      }
      if (soonest < Infinity) timer = setTimeout(queue.drain, soonest)
    },
    open: () => {
      if (!connect || look || !pageWindow()) return
      closed = lost = false
      queue.state = 'waiting'
      const mine = connect((state, reason, vendor) => {
        // A search that was closed goes unheard.
        if (look !== mine) return
        Object.assign(queue, { state, reason, vendor })
        on.turned(state, reason)
        queue.drain()
      }, on.changed)
      look = mine
      search(probe, limit)
    },
    close: () => {
      clearTimeout(timer)
      look = queue.vendor = undefined
      queue.state = 'off'
      closed = true
      empty('consent')
    },
  }
  return queue
}
