/** Whoever set a timer. Frozen: its timers wait. Gone: they never come. */
export interface TimerOwner {
  state: 'live' | 'frozen' | 'gone'
}

interface Timer {
  readonly handle: number
  readonly owner: TimerOwner
  readonly at: number
  readonly run: () => void
}

/** Lets everything that waits for nothing but its turn run. Not a timer: no time passes. */
export const drainMicrotasks = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** The only time that passes in a sequence: one for all tabs and for the network between them and the vendors. */
export class Clock {
  /** Epoch milliseconds. */
  now = Date.UTC(2026, 0, 5, 9)
  private readonly startedAt = this.now
  private timers: Timer[] = []
  private lastHandle = 0

  constructor(private readonly onError: (error: unknown) => void) {}

  /** `Date` as pages have it: without arguments it is the time of this clock. */
  readonly Date: DateConstructor = this.dateOf()

  /** Milliseconds since the beginning, as `performance.now()` has them. */
  get elapsed(): number {
    return this.now - this.startedAt
  }

  after(owner: TimerOwner, milliseconds: number, run: () => void): number {
    this.lastHandle += 1
    this.timers.push({ handle: this.lastHandle, owner, at: this.now + Math.max(0, milliseconds || 0), run })
    return this.lastHandle
  }

  cancel(handle: unknown): void {
    this.timers = this.timers.filter(timer => timer.handle !== handle)
  }

  /** Passes time; what becomes due on the way runs at its own moment and with the microtasks it leaves. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    // What was begun before has its turn first: it may set a timer.
    await drainMicrotasks()
    for (let timer = this.nextUntil(end); timer; timer = this.nextUntil(end)) {
      this.cancel(timer.handle)
      this.now = Math.max(this.now, timer.at)
      try {
        timer.run()
      } catch (error) {
        this.onError(error)
      }
      await drainMicrotasks()
    }
    this.now = end
  }

  private nextUntil(end: number): Timer | undefined {
    let next: Timer | undefined
    this.timers = this.timers.filter(timer => timer.owner.state !== 'gone')
    for (const timer of this.timers) {
      // Earlier entries win a tie: timers that are due together run in the order in which they were set.
      if (timer.owner.state === 'live' && timer.at <= end && (!next || timer.at < next.at)) next = timer
    }
    return next
  }

  private dateOf(): DateConstructor {
    const clock = this
    return class extends Date {
      constructor(...given: [] | [number | string]) {
        super(...((given.length ? given : [clock.now]) as [number]))
      }
      static override now(): number {
        return clock.now
      }
    } as DateConstructor
  }
}
