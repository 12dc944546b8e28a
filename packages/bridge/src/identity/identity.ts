import type { Queue } from '../delivery/queue.ts'
import type { Answers, Properties, Step, Vendor } from '../delivery/vendor.ts'
import type { Ledger } from '../flags/ledger.ts'
import type { Listeners } from '../listeners.ts'
import type { Report } from '../report.ts'
import type { BridgeEvents, IdentifyResult } from '../status.ts'
import { normalEmail } from './email.ts'
import { createMemory, type Log, type Remembered } from './memory.ts'
import type { Telling } from './telling.ts'
import { changeOf, type Visitor } from './visitor.ts'

/** Visitors remembered: so many changes may happen while a tab sleeps, and it still tells them apart. */
const KEPT = 10

/** A vendor, by its place among the queues. */
export type Index = 0 | 1

/** By the `n` of a visitor. */
type Due = Record<number, Properties | null | undefined>

const NOBODY: Visitor = { n: 0, id: null, guest: null }

/** What the identity of the visitor has an effect on. */
export interface Surroundings {
  queues: readonly [customerio: Queue, fullstory: Queue]
  ledger: Ledger
  /** Whether others may identify through Customer.io's SDK. */
  follows: boolean
  /** The id as both vendors will hold it; nothing when they would not. */
  readId(given: unknown): string | undefined
  /** What a vendor's SDK answers. */
  answers(queue: { vendor?: Vendor }): Answers
  /** Whether FullStory may have a guest's address. */
  showsGuests: boolean
  /** Whether vendors may be called and storage be used. */
  isOpen(): boolean
  /** What was configured. */
  config?: { replayLinks?: unknown } | undefined
  emit: Listeners<BridgeEvents>['emit']
  warn: Report['warn']
}

/** Who the visitor is, and what each vendor has to be told of that. */
export interface Identity {
  log: Log
  /** The latest of the log. */
  visitor: Visitor
  /** Up to which visitor each vendor has been told, in this tab or another. */
  told: Remembered['told']
  /** What is to be said of a visitor to each vendor, if only that they are there; `null`: another tab has said it. */
  due: [Due, Due]
  /** The visitor who was found in memory. */
  restored: number
  /** What was last followed. */
  heard?: string | null
  /** There as soon as anything can be delivered. */
  telling?: Telling
  /** Nobody, or somebody who was announced here or in another tab. */
  isKnown(id: unknown): boolean
  /** Has a vendor told of the visitor, with these traits; `null`: as another tab has told it. */
  mark(index: Index, traits?: Properties | null): void
  /** A vendor was told of this visitor. */
  tell(index: Index, n: number): void
  become(id: string | null, guest: string | null, via: string, traits?: Properties): IdentifyResult
  /** The first visitor of whom the vendor has to be told. */
  next(index: Index): Step | undefined | boolean
  /** Customer.io's SDK can be asked, or cannot: FullStory wants to hear once on each page who it is. */
  confirm(): void
  save(): void
  /** Another tab may have changed who the visitor is: known here before anything is said or asked. */
  sync(): void
  /**
   * Others may have changed who the visitor is: known before anything is said or asked. First other tabs, then who
   * identified or reset through Customer.io's SDK; `said` when the SDK says so, else it is read.
   */
  follow(said?: unknown): void
  /** Goes on with what was remembered, and with what was said here while nobody could be told. */
  begin(): void
  /** Forgets who it is, here. What was not stored yet is not told later: then nobody is known any more. */
  end(): void
}

/**
 * Who the visitor is, in all pages and tabs of this browser. Each change is put into a log that all of them share;
 * each vendor is told all of its entries in order, in each tab, since each tab has SDKs of its own.
 */
export const createIdentity = ({ queues, ledger, answers, isOpen, emit, warn }: Surroundings): Identity => {
  const [customerio, fullstory] = queues
  const memory = createMemory()

  const remember = (log: Log) => {
    identity.heard = undefined
    identity.log = log.slice(-KEPT)
    identity.visitor = identity.log.slice(-1)[0] as Visitor
    for (const said of identity.due)
      for (const n in said) if (+n < (identity.log[0] as Visitor).n) delete said[n]
  }

  const identity = {
    restored: 0,
    isKnown: id => !id || identity.log.some(who => who.id === id),
    mark: (index, traits) => {
      const { due, visitor } = identity
      due[index][visitor.n] = traits && { ...due[index][visitor.n], ...traits }
      queues[index].wake()
    },
    tell: (index, n) => {
      identity.told[index] = Math.max(identity.told[index], n)
    },
    become: (id, guest, via, traits = {}) => {
      const { log, visitor: from } = identity
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
          ledger.leave(from)
        }
        // At least one more than the last. Two tabs may do this in the same millisecond.
        const n = Math.max(Date.now(), from.n + 1) + Math.random()
        const before = log.filter(who => id && who.id === id).pop()
        remember([...log, { n, id, guest, cut, owed: before?.owed }])
        emit('identity', { id, previousId, via, outcome })
      }
      if (via === 'customerio') {
        customerio.at = identity.visitor.n
        identity.tell(0, identity.visitor.n)
      } else identity.mark(0, traits)
      identity.mark(1, {})
      return { outcome, id, previousId, anonymousId: answers(customerio).anonymousId }
    },
    next: index => {
      const { telling, visitor, due } = identity
      return telling ? telling.next(index) : visitor.n in due[index]
    },
    confirm: () => {
      identity.follow()
      identity.mark(1, {})
    },
    save: () => {
      const { log, told } = identity
      if (isOpen() && !memory.store({ log, told, flags: ledger.entries })) warn('storage', 'localStorage')
    },
    sync: () => {
      const news = isOpen() && memory.news()
      if (!news) return
      const { id: previousId, n: since } = identity.visitor
      const latest = news.log.slice(-1)[0] as Visitor
      const isTold = news.told[0] > identity.told[0]
      identity.tell(0, news.told[0])
      identity.tell(1, news.told[1])
      // Customer.io's SDKs share what they hold: what waits here about somebody earlier would be taken for later.
      if (customerio.vendor) customerio.at = identity.told[0]
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
        const outcome = !latest.cut ? 'stitched' : latest.id || latest.guest ? 'switched' : 'left'
        emit('identity', { id: latest.id, previousId, via: 'tab', outcome })
      }
      // This tab's SDK has not heard of it, unless this tab still has to say more of them.
      if (inLine && isTold && !Object.keys({ ...identity.due[0][latest.n] })[0]) identity.mark(0, null)
      ledger.restore(news.flags)
      customerio.drain()
    },
    follow: said => {
      identity.sync()
      identity.telling?.follow(said)
    },
    begin: () => {
      const past = memory.news(true)
      if (!past) return
      const { log } = identity
      const { n: base } = past.log.slice(-1)[0] as Visitor
      identity.restored = base
      for (const { held } of queues) for (const step of held) step.n ||= log[1]?.n ?? base
      remember([...past.log, ...log.filter(({ n }) => n > base)])
      identity.told = past.told
      if (identity.visitor.n === base) ledger.restore(past.flags)
    },
    end: () => {
      const { n } = identity.visitor ?? NOBODY
      identity.due = [{}, {}]
      remember(n ? [NOBODY, { ...NOBODY, n, cut: true }] : [NOBODY])
      ledger.entries = {}
      identity.told = [0, 0]
    },
  } as Identity
  identity.end()
  return identity
}
