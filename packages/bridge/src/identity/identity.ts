import type { Queue } from '../delivery/queue.ts'
import { answers, type Properties, type Step } from '../delivery/vendor.ts'
import type { Ledger } from '../flags/ledger.ts'
import type { BridgeEvents, IdentifyResult } from '../status.ts'
import { normalEmail } from './email.ts'
import { createMemory, type Log, type Remembered } from './memory.ts'
import { readUid } from './uid.ts'
import { changeOf, type Visitor } from './visitor.ts'

/** Visitors remembered: so many changes may happen while a tab sleeps, and it still tells them apart. */
const KEPT = 10

/** Milliseconds in which all tabs have heard of a change, busy ones too, and nobody has come back by themselves. */
const WRITE_BACK = 1e4

/** A vendor, by its place among the queues. */
export type Index = 0 | 1

/** By the `n` of a visitor. */
type Due = Record<number, Properties | null | undefined>

const NOBODY: Visitor = { n: 0, id: null, guest: null }

/** What the identity of the visitor has an effect on. */
interface Surroundings {
  queues: readonly [customerio: Queue, fullstory: Queue]
  ledger: Ledger
  /** Whether others may identify through Customer.io's SDK. */
  follows: boolean
  mayBeEmail: boolean
  /** Whether FullStory may have a guest's address. */
  showsGuests: boolean
  /** Whether vendors may be called and storage be used. */
  isOpen(): boolean
  changed(event: BridgeEvents['identity']): void
  refused(): void
}

/**
 * Who the visitor is, in all pages and tabs of this browser. Each change is put into a log that all of them share;
 * each vendor is told all of its entries in order, in each tab, since each tab has SDKs of its own.
 */
export const createIdentity = ({
  queues,
  ledger,
  follows,
  mayBeEmail,
  showsGuests,
  isOpen,
  changed,
  refused,
}: Surroundings) => {
  const [customerio, fullstory] = queues
  const memory = createMemory()
  // The latest is the visitor.
  let log: Log
  let visitor: Visitor
  // Up to which visitor each vendor has been told, in this tab or another.
  let told: Remembered['told']
  // What is to be said of a visitor to each vendor, if only that they are there; `null`: another tab has said it.
  let due: [Due, Due]
  // The visitor who was found in memory.
  let restored = 0
  // What was last followed.
  let heard: string | null | undefined

  const remember = (next: Log) => {
    heard = undefined
    log = next.slice(-KEPT)
    visitor = log.slice(-1)[0] as Visitor
    for (const said of due) for (const n in said) if (+n < (log[0] as Visitor).n) delete said[n]
  }

  const mark = (index: Index, traits?: Properties | null) => {
    due[index][visitor.n] = traits && { ...due[index][visitor.n], ...traits }
    queues[index].wake()
  }

  const tell = (index: Index, n: number) => {
    told[index] = Math.max(told[index], n)
  }

  const identity = {
    get visitor() {
      return visitor
    },

    /** Nobody, or somebody who was announced here or in another tab. */
    isKnown: (id: unknown) => !id || log.some(who => who.id === id),

    become: (
      id: string | null,
      guest: string | null,
      via: string,
      traits: Properties = {},
    ): IdentifyResult => {
      const from = visitor
      const previousId = from.id
      // Nobody was announced, as far as is known here, which a vendor or the memory may know better: they have left.
      const isLogout = !id && !guest && !(from.n && isOpen())
      const outcome = isLogout ? 'left' : changeOf(from, id, guest, normalEmail(traits.email))
      if (outcome !== 'unchanged') {
        const cut = outcome !== 'stitched'
        if (cut) {
          // FullStory goes on with the same anonymous record: what was the guest's is taken back from it.
          const { properties, types } = ledger.unsent(true)
          if (from.guest && !previousId)
            fullstory.push({ kind: 'update', n: from.n, properties: { ...properties, email: null }, types })
          ledger.entries = {}
        }
        // At least one more than the last. Two tabs may do this in the same millisecond.
        const n = Math.max(Date.now(), from.n + 1) + Math.random()
        remember([...log, { n, id, guest, cut }])
        changed({ id, previousId, via })
      }
      if (via === 'customerio') {
        customerio.at = visitor.n
        tell(0, visitor.n)
      } else mark(0, traits)
      mark(1, {})
      return { outcome, id, previousId, anonymousId: answers(customerio).anonymousId }
    },

    /** The first visitor of whom the vendor has to be told. */
    next: (index: Index): Step | undefined => {
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

    /** A vendor was told who the visitor is, or could not be. */
    delivered: (index: Index, { n, told: isTold }: Step) => {
      // Another tab's SDK may write back who has left, until it has heard, and this tab's may read that.
      if (!index && (isTold || n > told[0]))
        for (const wait of [99, 400, 900]) setTimeout(identity.follow, wait)
      delete due[index][n]
      tell(index, n)
      const who = log.find(visitor => visitor.n === n)
      if (!who) return
      if (!index) who.anonymousId = answers(customerio).anonymousId
      // FullStory asks not to identify guests: their address is a property of the anonymous visitor.
      else if (who.guest && !who.id && showsGuests)
        fullstory.push({ kind: 'update', n, properties: { email: who.guest }, types: {} })
    },

    /** A vendor takes calls. */
    ready: (index: Index) => {
      const queue = queues[index]
      identity.sync()
      // What was told last, in whatever tab, is in a vendor's own memory of this browser. FullStory reads that when
      // the page is loaded, and not again.
      if (!index) {
        const { id } = answers(queue)
        // Another tab changed the person while this page was silent: its SDK has not heard.
        if (id && told[0] > (queue.at as number) && identity.isKnown(id)) mark(0, null)
        queue.at = told[0]
      }
      // The last change may not have come to an end there: it is said again, before anything else.
      else queue.at ??= (told[1] || 1) - 1
    },

    /** Customer.io's SDK can be asked, or cannot: FullStory wants to hear once on each page who it is. */
    confirm: () => {
      identity.follow()
      mark(1, {})
    },

    save: () => {
      if (isOpen() && !memory.store({ log, told, flags: ledger.entries })) refused()
    },

    /** Another tab may have changed who the visitor is: known here before anything is said or asked. */
    sync: () => {
      const news = isOpen() && memory.news()
      if (!news) return
      const { id: previousId, n: since } = visitor
      const latest = news.log.slice(-1)[0] as Visitor
      const isTold = news.told[0] > told[0]
      tell(0, news.told[0])
      tell(1, news.told[1])
      // Customer.io's SDKs share what they hold: what waits here about somebody earlier would be taken for later.
      if (customerio.vendor) customerio.at = told[0]
      customerio.busy = undefined
      // What is older than this tab's own is overwritten when it saves.
      if (latest.n < since) return
      // Somebody unheard of was identified since, through the SDK: that is followed. One that comes later reads what
      // the other tab's has stored.
      const inLine = identity.isKnown(answers(customerio).id) && customerio.vendor
      remember(news.log)
      if (latest.n > since) {
        ledger.entries = {}
        fullstory.wake()
        changed({ id: latest.id, previousId, via: 'tab' })
      }
      // This tab's SDK has not heard of it, unless this tab still has to say more of them.
      if (inLine && isTold && !Object.keys({ ...due[0][latest.n] })[0]) mark(0, null)
      ledger.restore(news.flags)
      customerio.drain()
    },

    /**
     * Others may have changed who the visitor is: known before anything is said or asked. First other tabs, then who
     * identified or reset through Customer.io's SDK; `said` when the SDK says so, else it is read.
     */
    follow: (said?: unknown) => {
      identity.sync()
      // An SDK that is asked writes what it answers to storage: not without consent. What the page itself says is later.
      if (!isOpen() || !follows || identity.next(0)) return
      const { id } = answers(customerio)
      const known = log.find(({ n }) => n === customerio.at)
      if (id === known?.id) heard = undefined
      // What it says of an identify comes late, and may be of somebody who has left again.
      else if (known && id !== undefined && (id !== heard || said === id)) {
        // Who has just left: another tab's SDK, asked before it had heard of that, wrote them back. Put right once: the
        // page itself may insist.
        if (id && said !== id && identity.isKnown(id) && Date.now() < visitor.n + WRITE_BACK) mark(0, {})
        else if (id?.startsWith('cio_'))
          fullstory.push({ kind: 'update', n: visitor.n, properties: { cio_id: id }, types: {} })
        else
          identity.become(id && readUid(id, mayBeEmail) === id ? id : null, null, 'customerio', {
            email: customerio.vendor?.email?.(),
          })
        heard = id
      }
    },

    /** The page is being left: what has not arrived by now may never do so. */
    leave: () => {
      const { busy, at } = customerio
      if (busy && busy.n === at) told[0] = busy.n - 1
      identity.save()
    },

    /** Goes on with what was remembered, and with what was said here while nobody could be told. */
    begin: () => {
      const past = memory.news(true)
      if (!past) return
      const { n: base } = past.log.slice(-1)[0] as Visitor
      restored = base
      for (const { held } of queues) for (const step of held) step.n ||= log[1]?.n ?? base
      remember([...past.log, ...log.filter(({ n }) => n > base)])
      told = past.told
      if (visitor.n === base) ledger.restore(past.flags)
    },

    /** Forgets who it is, here. What was not stored yet is not told later: then nobody is known any more. */
    end: () => {
      const { n } = visitor ?? NOBODY
      due = [{}, {}]
      remember(n ? [NOBODY, { ...NOBODY, n, cut: true }] : [NOBODY])
      ledger.entries = {}
      told = [0, 0]
    },
  }
  identity.end()
  return identity
}
