import { monotonicNow, pageWindow } from '../globals.ts'
import type { Connector, Step, Vendor, VendorState } from './vendor.ts'

/** Why a step never reached its vendor. */
export type DropReason = 'full' | 'person_changed' | 'consent' | 'error'

/** What a queue asks and tells the bridge. */
export interface QueueListener {
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
  delivered: number
  dropped: number
  push(step: Step): void
  /** Delivers at the end of this task. */
  wake(): void
  /** Delivers what can be delivered, in this task; when the page is being left, without waiting for an answer. */
  drain(leaving?: boolean): void
  /** Starts looking for the vendor. */
  open(): void
  /** Stops, and forgets everything held. */
  close(): void
}

/** Steps held for one vendor; a page that runs for hours with a vendor missing stays small. */
const MAX_HELD = 200

export const createQueue = (connect: Connector | false, limit: number, on: QueueListener): Queue => {
  const held: Step[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let look: (() => void) | undefined
  let search: unknown
  let scheduled = false
  // The vendor could not be told who the visitor is now: nothing that is said of them may reach it.
  let lost: unknown
  // What was said of somebody without an id and is on its way: the SDK gives it the id of who is there when it leaves.
  let nameless = 0

  const drop = (step: Step | undefined, reason: DropReason) => {
    queue.dropped++
    on.told(step as Step, reason)
  }

  const deliver = (step: Step, changes: unknown) => {
    // Whatever comes of it: it is not tried again.
    if (changes) queue.at = step.n
    try {
      const answer = (queue.vendor as Vendor)[step.kind](step)
      const arrived = Promise.resolve(answer).catch(on.threw)
      if (changes) lost = false
      if (answer) {
        let isOut = true
        const arrive = () => {
          if (!isOut) return
          isOut = false
          if (!step.id) nameless--
          if (queue.busy === step) queue.busy = undefined
          queue.drain()
        }
        if (!step.id) nameless++
        if (changes) queue.busy = step
        arrived.then(arrive)
        setTimeout(arrive, limit)
      }
      queue.delivered++
      on.told(step)
    } catch (error) {
      lost ||= changes
      on.threw(error)
      drop(step, 'error')
    }
  }

  const queue: Queue = {
    state: 'off',
    held,
    delivered: 0,
    dropped: 0,
    push: step => {
      if (!connect) return
      // Latest wins: what is not sent yet is replaced, as long as it is the same visitor's.
      const earlier = step.kind === 'update' && held.find(({ kind, n }) => kind === 'update' && n === step.n)
      if (earlier) {
        Object.assign(earlier.properties, step.properties)
        Object.assign(earlier.types, step.types)
      } else if (held.push(step) > MAX_HELD) drop(held.shift(), 'full')
      queue.wake()
    },
    wake: () => {
      if (!scheduled)
        queueMicrotask(() => {
          scheduled = false
          queue.drain()
        })
      scheduled = true
    },
    drain: leaving => {
      clearTimeout(timer)
      // A vendor that was given up may be there by now.
      if (!queue.vendor) look?.()
      on.draining()
      let soonest = 0
      for (let index = 0; queue.vendor; ) {
        const person = on.next()
        const said = held[index]
        const changes = person && !((said?.n as number) < person.n)
        const step = changes ? person : said
        // Requests overtake each other: what is said of a person waits until they are known to have arrived.
        if (!step || (queue.busy && !leaving && !person) || (changes && nameless && !person.told)) break
        const stale = !changes && (lost || step.n !== queue.at)
        const wait = (!stale && queue.vendor.wait?.(step, monotonicNow())) || 0
        // Kept waiting, it would be told of somebody else, or hold up the next person.
        const late = stale || (wait && person)
        if (wait && (changes || !late)) {
          soonest = soonest && soonest < wait ? soonest : wait
          if (changes) break
          index++
          continue
        }
        if (!changes) held.splice(index, 1)
        if (late && !changes) drop(step, 'person_changed')
        else deliver(step, changes)
      }
      if (soonest) timer = setTimeout(queue.drain, soonest)
      on.drained()
    },
    open: () => {
      if (!connect || look || !pageWindow()) return
      queue.state = 'waiting'
      const mine = {}
      search = mine
      look = connect(
        (state, reason, vendor) => {
          // A search that was closed goes unheard.
          if (search !== mine) return
          Object.assign(queue, { state, reason, vendor })
          on.turned(state, reason)
          queue.drain()
        },
        on.changed,
        limit,
      )
    },
    close: () => {
      clearTimeout(timer)
      look = search = queue.vendor = queue.busy = undefined
      queue.state = 'off'
      while (held[0]) drop(held.shift(), 'consent')
    },
  }
  return queue
}
