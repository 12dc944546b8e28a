import { vi } from 'vitest'
import type { Queue } from '../../../src/delivery/queue.ts'
import { type Answers, answers, type Step, type Vendor } from '../../../src/delivery/vendor.ts'
import { createLedger } from '../../../src/flags/ledger.ts'
import { createIdentity, type Surroundings } from '../../../src/identity/identity.ts'
import { createTelling } from '../../../src/identity/telling.ts'
import { readUid } from '../../../src/identity/uid.ts'

/** A vendor that takes calls, and keeps what is pushed. */
const queueOf = (holds: Answers) => {
  const pushed: Step[] = []
  const queue: Queue = {
    state: 'ready',
    held: [],
    delivered: 0,
    dropped: 0,
    vendor: { read: () => holds } as Vendor,
    push: step => pushed.push(step),
    wake: () => {},
    drain: () => {},
    drop: () => {},
    consent: 'granted',
    open: () => {},
    close: () => {},
  }
  return { queue, pushed }
}

/** The identity of a new page, or of another tab: what it has to say to each vendor, and what listeners hear. */
export const open = ({ showsGuests = true, isOpen = true, follows = true } = {}) => {
  const holds: Answers = { id: null, anonymousId: 'device' }
  const [customerio, fullstory] = [queueOf(holds), queueOf({})]
  const report = { warn: () => {}, list: () => [] }
  const ledger = createLedger(name => [name, { type: 'bool' }], report)
  const changed = vi.fn()
  const queues = [customerio.queue, fullstory.queue] as const
  const surroundings: Surroundings = {
    queues,
    ledger,
    follows,
    readId: given => readUid(given, false),
    answers,
    showsGuests,
    isOpen: () => isOpen,
    emit: (name, event) => {
      if (name === 'identity') changed(event)
    },
    warn: () => {},
  }
  const identity = createIdentity(surroundings)
  const telling = createTelling(identity, surroundings)
  identity.telling = telling
  identity.begin()
  const ready = () => {
    telling.ready(0)
    telling.ready(1)
  }
  /** Tells a vendor all that there is, as its queue does. */
  const tell = (index: 0 | 1): Step[] => {
    const steps: Step[] = []
    for (let step = telling.next(index); step; step = telling.next(index)) {
      steps.push(step)
      queues[index].at = step.n
      if (!index) holds.id = step.id ?? null
      telling.delivered(index, step)
    }
    return steps
  }
  return { identity, telling, ledger, changed, holds, customerio, fullstory, ready, tell }
}
/** What the vendor is told, in short. */
export const said = (steps: Step[]) => steps.map(({ kind, id, cut }) => [kind, id, !!cut])
