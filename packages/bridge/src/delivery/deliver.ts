import { createUpkeep } from '../flags/upkeep.ts'
import { createTelling } from '../identity/telling.ts'
import type { Queue, QueueListener } from './queue.ts'
import type { Step, Vendor } from './vendor.ts'

/** Delivers what a queue holds, as far as that can be done now; `leaving`: without waiting for an answer. */
export type Deliver = (leaving?: boolean) => void

export type CreateDelivery = (queue: Queue, limit: number, on: QueueListener) => Deliver

/** What no page has to load before there is consent. */
export const createDelivery: CreateDelivery = (queue, limit, on) => {
  on.loaded(createTelling, createUpkeep)
  const { held } = queue
  let timer: ReturnType<typeof setTimeout> | undefined
  // The vendor could not be told who the visitor is now: nothing that is said of them may reach it.
  let lost: unknown
  // What was said of somebody without an id and is on its way: the SDK gives it the id of who is there when it leaves.
  let nameless = 0

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
          clearTimeout(late)
          if (!step.id) nameless--
          if (queue.busy === step) queue.busy = undefined
          queue.drain()
        }
        const late = setTimeout(arrive, limit)
        if (!step.id) nameless++
        if (changes) queue.busy = step
        arrived.then(arrive)
      }
      queue.delivered++
      on.told(step)
    } catch (error) {
      lost ||= changes
      on.threw(error)
      queue.drop(step, 'error')
    }
  }

  return leaving => {
    clearTimeout(timer)
    let soonest = 0
    // What goes by the same limits waits behind the first that has to: time passes while this runs.
    const waits: Record<string, number> = {}
    let person = on.next()
    for (let index = 0; queue.vendor; ) {
      const said = held[index]
      const changes = person && !((said?.n as number) < person.n)
      const step = changes ? person : said
      // Requests overtake each other: what is said of a person waits until they are known to have arrived.
      if (!step || (queue.busy && !leaving && !person) || (changes && nameless && !person?.told)) break
      const stale = !changes && (lost || step.n !== queue.at)
      const limits = queue.wait ? 'all' : step.kind + step.important
      const hurries = !!(leaving || (person && !changes))
      const ask = (who: Pick<Vendor, 'wait'>) => who.wait?.(step, on.now(), hurries)
      if (!stale) waits[limits] ||= (ask(queue.vendor) || ask(queue)) ?? 0
      const wait = stale ? 0 : (waits[limits] as number)
      // Kept waiting, it would be told of somebody else, or hold up the next person.
      const late = stale || (wait && person)
      if (wait && (changes || !late)) {
        soonest = soonest && soonest < wait ? soonest : wait
        if (changes) break
        index++
        continue
      }
      if (!changes) held.splice(index, 1)
      if (late && !changes) queue.drop(step, 'person_changed')
      else {
        deliver(step, changes)
        person = on.next()
      }
    }
    if (soonest) timer = setTimeout(queue.drain, soonest)
  }
}
