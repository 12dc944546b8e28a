import { vi } from 'vitest'
import { createQueue, type DropReason, type Limits, type Queue } from '../../../src/delivery/queue.ts'
import type { Properties, Step, Turn, Vendor, VendorState } from '../../../src/delivery/vendor.ts'

/** A step with its place in the order in which steps were said. */
export type Said = Step & { readonly serial: number }

/** What a vendor was called with, and when; `person` is whom its calls went to from then on, by serial. */
export interface Call {
  kind: Step['kind']
  serial: number
  /** Flags by name, each value being the serial of the step that set it. */
  flags: Properties
  at: number
  threw: boolean
}

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
  private tell: Turn | undefined

  constructor(limits?: Limits) {
    this.queue = createQueue(
      turn => {
        this.tell = turn
        return () => true
      },
      1000,
      {
        delivered: step => this.delivered.push(step),
        dropped: (step, reason) =>
          this.dropped.push({ step, reason, flags: step.kind === 'update' ? { ...step.properties } : {} }),
        turned: state => this.states.push(state),
        failed: error => this.failures.push(error),
      },
      limits,
    )
  }

  turn(state: VendorState): void {
    this.tell?.(state, undefined, state === 'ready' ? this.vendor : undefined)
  }

  identify(id: string): void {
    this.say({ kind: 'identify', id, properties: {}, types: {} })
  }

  reset(): void {
    this.say({ kind: 'reset', properties: {}, types: {} })
  }

  flag(name: string): void {
    this.say({ kind: 'update', properties: { [name]: this.said.length + 1 }, types: { [name]: 'int' } })
  }

  track(): void {
    this.say({ kind: 'track', name: `e${this.said.length + 1}`, properties: {}, types: {} })
  }

  /** Whose a step is: an id, or the visitor who came after a reset. Logging out twice makes nobody new. */
  personAfter(serial: number): string {
    let person = 'anonymous 0'
    for (const step of this.said.slice(0, serial))
      if (step.kind === 'identify') person = String(step.id)
      else if (step.kind === 'reset' && !person.startsWith('anonymous')) person = `anonymous ${step.serial}`
    return person
  }

  /** Lets everything come to rest: the vendor takes calls, and time enough passes. */
  async rest(): Promise<void> {
    this.throws = () => false
    this.turn('ready')
    for (let minute = 0; minute < 60 && this.queue.held.length; minute++)
      await vi.advanceTimersByTimeAsync(60_000)
  }

  private say(step: Step): void {
    const said = { ...step, serial: this.said.length + 1 } as Said
    this.said.push(said)
    // A copy: the queue may change what it holds.
    this.queue.push(structuredClone(said))
    this.mostHeld = Math.max(this.mostHeld, this.queue.held.length)
  }

  private readonly call = (kind: Step['kind']) => (step: Step) => {
    const threw = this.throws(kind)
    const flags = step.kind === 'update' ? { ...step.properties } : {}
    this.calls.push({ kind, serial: (step as Said).serial, flags, at: performance.now(), threw })
    if (threw) throw new Error(`${kind} failed`)
    return this.during(kind)
  }

  private readonly vendor: Vendor = {
    api: 'trial',
    read: () => ({}),
    identify: this.call('identify'),
    reset: this.call('reset'),
    update: this.call('update'),
    track: this.call('track'),
  }
}
