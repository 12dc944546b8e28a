import { randomId } from '../random-id.ts'
import type { UnknownRecord } from '../record.ts'
import { Timers } from '../timers.ts'
import { CustomerIoCollector } from './collector.ts'
import { Analytics } from './double/analytics.ts'
import { InAppInbox, type Inbox } from './double/inbox.ts'
import { type BufferedCall, groupedByMethod, isEarly } from './double/preload-buffer.ts'
import { type TextStorage, User } from './double/user.ts'

interface WaitingCall {
  call: BufferedCall
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

/** What the SDK finds where it runs. */
interface Surroundings {
  storage: () => TextStorage | undefined
  pageDetails: () => UnknownRecord
}

/** Methods that hear of the SDK itself, and so can be called before it is there and still be answered by it. */
type Method = 'identify' | 'track' | 'page' | 'reset' | 'ready' | 'on' | 'once' | 'off' | 'setAnonymousId'

/** The SDK and the server behind it, without a page or a network. */
export class InMemoryCustomerIo {
  readonly collector = new CustomerIoCollector()
  private readonly timers = new Timers()
  private readonly sdk: Analytics
  private inbox: InAppInbox | undefined
  private waiting: WaitingCall[] = []
  private hasPlugins = false
  private isBlocked = false

  constructor(private readonly surroundings: Surroundings) {
    this.sdk = new Analytics(new User(surroundings.storage, randomId), {
      now: Date.now,
      randomId,
      later: this.timers.later,
      pageDetails: surroundings.pageDetails,
      post: async message => {
        // The SDK keeps what fails on the way for later, and says that it is sent.
        if (!this.isBlocked) this.collector.apply(message)
      },
    })
  }

  get state(): 'loading' | 'running' | 'blocked' {
    return this.isBlocked ? 'blocked' : this.hasPlugins ? 'running' : 'loading'
  }

  /** Something is on its way. */
  get isBusy(): boolean {
    return this.timers.areSet
  }

  get user(): Analytics['user'] {
    if (!this.hasPlugins) throw new Error('user() is not there before the SDK has loaded: wait for ready()')
    return this.sdk.user
  }

  /** Calls a method of the SDK, or keeps the call until it has loaded. */
  call(method: Method, given: unknown[]): unknown {
    if (this.hasPlugins) return this.run([method, ...given])
    return new Promise((resolve, reject) => {
      this.waiting.push({ call: [method, ...given], resolve, reject })
    })
  }

  inboxOf(topics: readonly string[]): Inbox {
    if (!this.inbox) {
      throw new Error('The In-App Plugin is not loaded yet: wait for ready() before calling inbox()')
    }
    return this.inbox.of(topics)
  }

  /** The script arrives; at once, it has been there for a while. */
  start(atOnce = false): void {
    if (this.hasPlugins || this.isBlocked) return
    this.replay(isEarly, act => act())
    const plugins = () => {
      this.inbox = new InAppInbox(this.sdk, this.collector, this.surroundings.storage, this.timers)
      this.hasPlugins = true
      this.sdk.emit('initialize')
      this.replay(
        () => true,
        act => void this.timers.later(0, act),
      )
    }
    if (atOnce) plugins()
    else this.timers.later(0, plugins)
  }

  /** The script never comes or, once it is there, nothing gets to the server. */
  block(): void {
    this.isBlocked = true
  }

  private run([method, ...given]: BufferedCall): unknown {
    return (this.sdk[method as Method] as (...given: unknown[]) => unknown)(...given)
  }

  private replay(wanted: (call: BufferedCall) => boolean, schedule: (act: () => void) => void): void {
    const due = this.waiting.filter(({ call }) => wanted(call))
    this.waiting = this.waiting.filter(({ call }) => !wanted(call))
    for (const call of groupedByMethod(due.map(({ call }) => call))) {
      const { resolve, reject } = due.find(known => known.call === call) as WaitingCall
      schedule(() => {
        try {
          resolve(this.run(call))
        } catch (error) {
          reject(error)
        }
      })
    }
  }
}
