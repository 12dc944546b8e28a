import { linkReplays } from '../delivery/replay-links.ts'
import type { Step } from '../delivery/vendor.ts'
import type { Identity, Index, Surroundings } from './identity.ts'

/** Milliseconds in which all tabs have heard of a change, busy ones too, and nobody has come back by themselves. */
const WRITE_BACK = 1e4

/** What is said between the visitor's identity and the vendors, as soon as anything can be: loaded with consent. */
export interface Telling {
  /** The first visitor of whom the vendor has to be told. */
  next(index: Index): Step | undefined
  /** A vendor was told who the visitor is, or could not be. */
  delivered(index: Index, step: Step): void
  /** A vendor takes calls; Customer.io names what of it sends everything to FullStory as well. */
  ready(index: Index, doubled?: string): void
  /** Follows who identified or reset through Customer.io's SDK; `said` when the SDK says so, else it is read. */
  follow(said?: unknown): void
  /** The page is being left (`pagehide`): what has not arrived by now may never do so. Or shown again (`pageshow`). */
  pageTurned(type: string): void
}
export type CreateTelling = (identity: Identity, surroundings: Surroundings) => Telling

export const createTelling: CreateTelling = (
  identity,
  { queues, answers, readId, follows, showsGuests, isOpen, emit, warn, config },
) => {
  const [customerio, fullstory] = queues
  linkReplays(queues, config, answers)
  let isLeft = false
  const telling: Telling = {
    next: index => {
      const { log, visitor, due, told, restored } = identity
      const who =
        log.find(({ n }) => n > (queues[index].at as number)) ??
        (visitor.n in due[index] ? visitor : undefined)
      if (!who) return
      const { n, id, guest, cut, anonymousId } = who
      const said = due[index][n]
      const isNews = n > told[index]
      return {
        kind: id || (guest && !index) ? 'identify' : 'reset',
        n,
        id,
        properties: { ...(guest && { email: guest }), ...said },
        types: {},
        cut: cut && isNews,
        owed: isNews && n <= restored,
        told: !said && !isNews,
        anonymousId,
      }
    },
    delivered: (index, { n, told: isTold }) => {
      // Another tab's SDK may write back who has left, until it has heard, and this tab's may read that.
      if (!index && (isTold || n > identity.told[0]))
        for (const wait of [100, 400, 900]) setTimeout(identity.follow, wait)
      delete identity.due[index][n]
      identity.tell(index, n)
      // A page that is gone goes on for some tasks, and is not heard any more.
      if (isLeft && !index) identity.told[0] = n - 1
      const who = identity.log.find(visitor => visitor.n === n)
      if (!who) return
      if (!index) who.anonymousId = answers(customerio).anonymousId
      // FullStory asks not to identify guests: their address is a property of the anonymous visitor.
      else if (who.guest && !who.id && showsGuests)
        fullstory.push({ kind: 'update', n, properties: { email: who.guest }, types: {} })
    },
    ready: (index, doubled) => {
      const queue = queues[index]
      const { told } = identity
      identity.sync()
      // What was told last, in whatever tab, is in a vendor's own memory of this browser. FullStory reads that when
      // the page is loaded, and not again.
      if (!index) {
        const { id } = answers(queue)
        // Another tab changed the person while this page was silent: its SDK has not heard.
        if (id && told[0] > (queue.at as number) && identity.isKnown(id)) identity.mark(0, null)
        queue.at = told[0]
        if (doubled) warn('destination', 'customerio', doubled)
        return
      }
      // The last change may not have come to an end there: it is said again, before anything else.
      queue.at ??= (told[1] || 1) - 1
      const now = answers(queue)
      if (!identity.isKnown(now.id)) warn('other-uid', 'fullstory')
      emit('session', now)
    },
    follow: said => {
      // An SDK that is asked writes what it answers to storage: not without consent. What the page itself says is later.
      if (!isOpen() || !follows || telling.next(0)) return
      const { log, visitor } = identity
      const { id } = answers(customerio)
      const known = log.find(({ n }) => n === customerio.at)
      if (id === known?.id) identity.heard = undefined
      // What it says of an identify comes late, and may be of somebody who has left again.
      else if (known && id !== undefined && (id !== identity.heard || said === id)) {
        // Who has just left: another tab's SDK, asked before it had heard of that, wrote them back. Put right once: the
        // page itself may insist.
        if (id && said !== id && identity.isKnown(id) && Date.now() < visitor.n + WRITE_BACK)
          identity.mark(0, {})
        else if (id?.startsWith('cio_'))
          fullstory.push({ kind: 'update', n: visitor.n, properties: { cio_id: id }, types: {} })
        else
          identity.become(id && readId(id) === id ? id : null, null, 'customerio', {
            email: customerio.vendor?.email?.(),
          })
        identity.heard = id
      }
    },
    pageTurned: type => {
      if (/^page/.test(type)) isLeft = type === 'pagehide'
      if (type !== 'pagehide') return
      const { busy, at } = customerio
      if (busy && busy.n === at) identity.told[0] = busy.n - 1
      identity.save()
    },
  }
  return telling
}
