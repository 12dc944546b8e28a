import { copyOf } from '../record.ts'
import { Timers } from '../timers.ts'
import { FullStoryCollector } from './collector.ts'
import { SHUTDOWN_REASON } from './double/capture.ts'
import { type Environment, sessionUrlPrefix } from './double/environment.ts'
import { MessageStamp } from './double/message-stamp.ts'
import type { Post } from './double/recorder.ts'
import { createStub } from './double/stub.ts'
import { type Script, takeOver } from './double/takeover.ts'
import type { Cookies } from './double/visitor.ts'

/** As `fullstory.com` would have it; nothing is ever asked for there. */
const environment = (): Environment => ({
  namespace: 'FS',
  orgId: 'o-TEST',
  origin: 'https://edge.fullstory.com',
  host: 'fullstory.com',
  script: 'edge.fullstory.com/s/fs.js',
  appHost: 'app.fullstory.com',
  captureOnStartup: true,
  isInnerFrame: false,
  hasGetConfig: true,
})

/** The snippet's function, the script behind it and the server behind that, without a page or a network. */
export class InMemoryFullStory {
  readonly collector = new FullStoryCollector()
  readonly stub = createStub()
  private readonly environment = environment()
  private readonly timers = new Timers()
  private readonly stamp = new MessageStamp()
  private script: Script | undefined
  private isBlocked = false
  private isNew = true

  /** @param address answers the address of the page */
  constructor(private readonly address: () => string) {}

  get state(): 'loading' | 'running' | 'shutdown' | 'blocked' {
    if (this.isBlocked) return 'blocked'
    if (!this.script) return 'loading'
    return this.script.capture.isRunning ? 'running' : 'shutdown'
  }

  /** A session is about to begin. */
  get isBusy(): boolean {
    return this.timers.areSet
  }

  /** The uid that this page has identified with. */
  get uid(): string | null {
    return this.script?.visitor.uid ?? null
  }

  /** The user of the running session, merged or not. */
  get user(): string | undefined {
    return this.script?.visitor.user
  }

  /** The script arrives; at once, it has been there for a while. */
  start(atOnce = false): void {
    if (this.script || this.isBlocked) return
    this.isNew = atOnce
    this.script = takeOver(this.stub, this.environment, {
      cookies: () => this.cookies(),
      post: this.post,
      address: this.address,
      later: this.timers.later,
    })
    this.isNew = false
  }

  /** The script could not be loaded or, once it is there, the server refuses this page. */
  block(): void {
    this.isBlocked = true
    if (this.script) this.script.capture.fail()
    else this.refuseAll(new Error(`Error loading ${this.environment.script}`))
  }

  /** Nobody does anything for half an hour, or the session is as long as one may be. */
  endSession(how: 'idle' | 'size'): void {
    if (!this.script?.capture.isRunning) return
    const { capture, visitor } = this.script
    capture.shutdown(how === 'idle' ? SHUTDOWN_REASON.hibernation : SHUTDOWN_REASON.size)
    // Last seen long ago: the next page of the visitor is one of another session.
    visitor.touch(0)
    if (how === 'size') capture.start()
  }

  /** The visitor does something. */
  act(): void {
    this.script?.capture.wake()
  }

  /** What the snippet does when its script could not be loaded. */
  private refuseAll(reason: Error): void {
    const refuse = ([, , , , reject]: unknown[]) => {
      if (typeof reject === 'function') reject(reason)
    }
    const queue = this.stub.q ?? []
    queue.splice(0).forEach(refuse)
    queue.push = (...entries) => {
      entries.forEach(refuse)
      return 0
    }
  }

  private readonly post: Post = (context, body, onAcknowledged) => {
    const message = this.stamp.mark(context, body)
    this.collector.apply(
      copyOf({ stream: 'page', sessionUrlPrefix: sessionUrlPrefix(this.environment), messages: [message] }),
    )
    if (!onAcknowledged) return
    if (this.isNew) onAcknowledged()
    else this.timers.later(0, onAcknowledged)
  }

  private cookies(): Cookies {
    const held = new Map<string, { value: string; until: number }>()
    return {
      read: name => {
        const { value, until } = held.get(name) ?? { value: null, until: 0 }
        return Date.now() < until ? value : null
      },
      write: (name, value, lifetimeSeconds) => {
        held.set(name, { value, until: Date.now() + lifetimeSeconds * 1000 })
      },
    }
  }
}
