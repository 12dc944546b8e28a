import { vi } from 'vitest'
import { createDelivery } from '../../../src/delivery/deliver.ts'
import { createQueue, type DropReason, type Queue } from '../../../src/delivery/queue.ts'
import type { Properties, Step, Turn, Vendor, VendorState } from '../../../src/delivery/vendor.ts'
import { createBudget, type Limit } from '../../../src/fullstory/budget.ts'

/** How often a vendor may be told of the person and their flags, and of events. */
export type Limits = readonly [person: readonly Limit[], event: readonly Limit[]]

/** Kept back from flags and events, for logins. */
const SPARE = 3

/** A step with its place in the order in which steps were said. */
export type Said = Step & { readonly serial: number }

/** What a vendor was called with, and when. */
export interface Call {
  kind: Step['kind']
  serial: number
  /** The visitor it is about. */
  n: number
  /** Flags by name, each value being the serial of the step that set it. */
  flags: Properties
  at: number
  threw: boolean
}

/** Milliseconds after which a vendor's answer is no longer waited for. */
export const LIMIT = 1000

/** Whether a step says who the visitor is. */
export const isChange = ({ kind }: { kind: Step['kind'] }) => kind === 'identify' || kind === 'reset'

/** The place of the first visitor: one who was announced on an earlier page. */
const FIRST = 0

/**
 * A queue with a vendor that can be turned on and off and made to throw, and everything that happened to each step.
 * Flags have the serial of their step as value, events as name, so that nothing depends on what the queue keeps.
 */
export class Trial {
  readonly queue: Queue
  readonly said: Said[] = []
  readonly calls: Call[] = []
  readonly dropped: { step: Step; reason: DropReason; flags: Properties }[] = []
  readonly delivered: Step[] = []
  readonly states: VendorState[] = []
  readonly failures: unknown[] = []
  mostHeld = 0
  /** Whether a call throws. */
  throws: (kind: Step['kind']) => boolean = () => false
  /** Called inside of the vendor's own method. */
  during: (kind: Step['kind']) => unknown = () => undefined
  /** The visitors after the first, each as the step that tells the vendor. */
  private readonly visitors: Said[] = []
  /** What is to be said once more of somebody whom the vendor knows. */
  private again: Said | undefined
  private current: { n: number; id: string | null } = { n: FIRST, id: null }
  private turned: Turn | undefined

  constructor(limits: Limits = [[], []]) {
    const [person, event] = [createBudget(limits[0]), createBudget(limits[1])]
    this.wait = ({ kind, important }, now) =>
      (kind === 'track' ? event : person)(isChange({ kind }) || important ? 0 : SPARE, now, this)
    this.queue = createQueue(
      turn => {
        this.turned = turn
        return () => {}
      },
      LIMIT,
      {
        next: () => this.next(),
        told: (step, reason) => {
          if (isChange(step) && this.again?.n === step.n) this.again = undefined
          if (!reason) this.delivered.push(step)
          else
            this.dropped.push({
              step,
              reason,
              flags: step.kind === 'update' ? { ...step.properties } : {},
            })
        },
        turned: state => {
          this.queue.at ??= FIRST
          this.states.push(state)
        },
        changed: () => {},
        draining: () => {},
        drained: () => {},
        threw: error => this.failures.push(error),
        loaded: () => {},
        now: () => performance.now(),
      },
    )
  }

  /** As the identity answers it: somebody new first, then what is said once more of the current visitor. */
  next(): Said | undefined {
    const again = this.again?.n === this.current.n ? this.again : undefined
    return this.visitors.find(({ n }) => n > (this.queue.at ?? n)) ?? again
  }

  turn(state: VendorState): void {
    this.turned?.(state, undefined, state === 'ready' ? this.vendor : undefined, createDelivery)
  }

  identify(id: string): void {
    this.become(id)
  }

  reset(): void {
    this.become(null)
  }

  flag(name: string): void {
    const serial = this.said.length + 1
    this.say({ kind: 'update', properties: { [name]: serial }, types: { [name]: 'int' } })
  }

  track(important = false): void {
    this.say({ kind: 'track', name: `e${this.said.length + 1}`, important, properties: {}, types: {} })
  }

  /** Whose a step is: an id, or the visitor who came after a reset. Logging out twice makes nobody new. */
  personAfter(serial: number): string {
    let person = 'anonymous 0'
    for (const step of this.said.slice(0, serial))
      if (step.kind === 'identify') person = step.id ?? ''
      else if (step.kind === 'reset' && !person.startsWith('anonymous')) person = `anonymous ${step.serial}`
    return person
  }

  /** Lets everything come to rest: the vendor takes calls, and time enough passes. */
  async rest(): Promise<void> {
    this.throws = () => false
    this.turn('ready')
    await vi.advanceTimersByTimeAsync(60_000)
    for (let minute = 0; minute < 60 && this.queue.held.length; minute++)
      await vi.advanceTimersByTimeAsync(60_000)
  }

  /** As the identity does it: a change is put into the log of visitors, and told from there. */
  private become(id: string | null): void {
    const serial = this.said.length + 1
    const isNew = id !== this.current.id
    if (isNew) this.current = { n: serial, id }
    const said: Said = {
      kind: id === null ? 'reset' : 'identify',
      n: this.current.n,
      id,
      properties: {},
      types: {},
      serial,
    }
    this.said.push(said)
    if (isNew) this.visitors.push(said)
    else this.again = said
    this.queue.wake()
  }

  private say(step: Omit<Step, 'n'>): void {
    const said = { ...step, n: this.current.n, serial: this.said.length + 1 }
    this.said.push(said)
    // A copy: the queue may change what it holds.
    this.queue.push(structuredClone(said))
    this.mostHeld = Math.max(this.mostHeld, this.queue.held.length)
  }

  private readonly call = (kind: Step['kind']) => (step: Step) => {
    const threw = this.throws(kind)
    const flags = step.kind === 'update' ? { ...step.properties } : {}
    const { serial, n } = step as Said
    this.calls.push({ kind, serial, n, flags, at: performance.now(), threw })
    if (threw) throw new Error(`${kind} failed`)
    return this.during(kind)
  }

  private readonly wait: NonNullable<Vendor['wait']>

  private readonly vendor: Vendor = {
    api: 'trial',
    read: () => ({}),
    wait: (step, now) => this.wait(step, now, false),
    identify: this.call('identify'),
    reset: this.call('reset'),
    update: this.call('update'),
    track: this.call('track'),
    page: this.call('page'),
  }
}

/** A trial whose queue looks for its vendor. */
export const open = (): Trial => {
  const trial = new Trial()
  trial.queue.open()
  return trial
}

/** The calls that the vendor got, by the order in which they were made. */
export const serials = ({ calls }: Trial) => calls.map(({ serial }) => serial)

/** Lets what waits for nothing but its turn run. */
export const microtasks = () => vi.advanceTimersByTimeAsync(0)
