import { type Call, isData } from './call.ts'
import type { Observers } from './observers.ts'
import { planQueue } from './preload-queue.ts'
import type { Recorder } from './recorder.ts'
import type { Visitor } from './visitor.ts'

export const SHUTDOWN_REASON = {
  api: 1,
  hibernation: 3,
  reidentify: 4,
  blocked: 5,
  size: 6,
  unload: 7,
} as const

/** Time between the end of one person's session and the start of the next one's. */
const SWITCH_GAP_MS = 20

/** Runs something after some milliseconds, unless what it returns is called before. */
export type Later = (milliseconds: number, run: () => void) => () => void

type State = 'starting' | 'started' | 'shutdown' | 'fatal'

interface CaptureOptions {
  visitor: Visitor
  recorder: Recorder
  observers: Observers
  startDetails: () => unknown
  /** Takes a call that was kept for later through the operation it names. */
  execute: (call: Call) => void
  later: Later
}

/**
 * The state machine. Delayed capture is a shutdown that nobody has ended yet, hibernation one that the
 * visitor ends, and an identity switch one that ends by itself.
 */
export class Capture {
  state: State = 'shutdown'
  private shutdownReason: number | null = null
  private everStarted = false
  /** Sync calls that wait for the next start. */
  private held: Call[] = []
  /** Async calls that wait for the server's answer to this start. */
  private pending: Call[] = []
  private starts = 0
  /** Keeps the next person's session from beginning. */
  private cancelSwitch: (() => void) | undefined

  constructor(private readonly options: CaptureOptions) {}

  get isRunning(): boolean {
    return this.state === 'starting' || this.state === 'started'
  }

  /** Calls made before the script was there, to be executed by the first start. */
  holdAll(calls: Call[]): void {
    this.held.push(...calls)
  }

  start(): void {
    if (this.state !== 'shutdown' || this.cancelSwitch) return
    if (!this.everStarted) this.applyQueuePlan()
    this.everStarted = true
    this.shutdownReason = null
    this.state = 'starting'
    this.starts += 1
    const thisStart = this.starts
    this.options.recorder.openPage(() => this.becomeStarted(thisStart))
    const held = this.held
    this.held = []
    for (const call of held) this.options.execute(call)
  }

  /** Executes, holds or refuses a call that is recorded, or that reads what only a running capture has. */
  handle(call: Call, run: () => unknown): unknown {
    if (call.settle) return this.handleAsync(call, run)
    if (isData(call) && this.state === 'shutdown') {
      this.held.push(call)
      return undefined
    }
    const answerable = isData(call) ? this.isRunning : this.state === 'started'
    return answerable ? run() : undefined
  }

  /** Ends the old person's session; `call` is the first one of the new person's. */
  switchUser(call: Call): void {
    this.shutdown(SHUTDOWN_REASON.reidentify)
    this.held.unshift({ ...call, settle: null })
    this.cancelSwitch = this.options.later(SWITCH_GAP_MS, () => {
      this.cancelSwitch = undefined
      this.options.visitor.renew(Date.now())
      this.start()
    })
  }

  shutdown(reason: number): void {
    this.cancelSwitch?.()
    this.cancelSwitch = undefined
    if (!this.isRunning) return
    this.options.recorder.end(reason)
    this.leave('shutdown', reason, 'Shutdown called.')
  }

  /** The visitor did something: that ends hibernation, and only that. */
  wake(): void {
    const hibernates = this.state === 'shutdown' && this.shutdownReason === SHUTDOWN_REASON.hibernation
    if (hibernates) this.start()
  }

  /** The page is leaving. The state stays, so that what is still said while it leaves is sent, too. */
  announceUnload(): void {
    if (!this.isRunning) return
    this.options.recorder.end(SHUTDOWN_REASON.unload)
    this.options.observers.emit('shutdown', { reason: SHUTDOWN_REASON.unload })
  }

  /** The page came back from the browser's cache: a new page of the session. */
  resume(): void {
    if (!this.isRunning) return
    this.state = 'shutdown'
    this.start()
  }

  fail(): void {
    this.held = []
    this.leave('fatal', SHUTDOWN_REASON.blocked, 'Capture disabled: the server refused this page')
  }

  /** What an observer that comes late still hears. */
  missed(type: unknown): unknown {
    if (type === 'start' && this.state === 'started') return this.options.startDetails()
    return type === 'shutdown' && this.state === 'fatal' ? { reason: SHUTDOWN_REASON.blocked } : undefined
  }

  private handleAsync(call: Call, run: () => unknown): undefined {
    if (this.state === 'started') call.settle?.resolve(run())
    else if (this.state === 'starting') this.pending.push(call)
    else call.settle?.reject(new Error(this.refusal()))
    return undefined
  }

  private refusal(): string {
    return this.state === 'fatal' ? 'Capture disabled: the server refused this page' : 'Shutdown called.'
  }

  private applyQueuePlan(): void {
    const plan = planQueue(this.held, this.options.visitor.uidHash)
    this.held = plan.kept
    if (plan.startsAsNewUser) this.options.visitor.renew(Date.now())
    for (const call of plan.discarded) call.settle?.reject(new Error('Shutdown called.'))
  }

  private becomeStarted(start: number): void {
    if (this.state !== 'starting' || start !== this.starts) return
    this.state = 'started'
    this.options.observers.emit('start', this.options.startDetails())
    const pending = this.pending
    this.pending = []
    for (const call of pending) this.options.execute(call)
  }

  private leave(state: 'shutdown' | 'fatal', reason: number, refusal: string): void {
    this.state = state
    this.shutdownReason = reason
    const pending = this.pending
    this.pending = []
    for (const call of pending) call.settle?.reject(new Error(refusal))
    this.options.observers.emit('shutdown', { reason })
  }
}
