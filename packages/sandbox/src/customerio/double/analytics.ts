import { copyOf, type UnknownRecord } from '../../record.ts'
import type { CioMessage } from '../message.ts'
import { type Callback, identifyArguments, pageArguments, trackArguments } from './arguments.ts'

/** Who the visitor is: the SDK's own class, or a stand-in for it. */
export interface SdkUser {
  id(id?: string | null): string | null | undefined
  anonymousId(id?: string | null): string | null | undefined
  traits(traits?: UnknownRecord | null): UnknownRecord | undefined
  identify(id: string | null | undefined, traits: UnknownRecord): void
  reset(): void
}

/** What the SDK needs of where it runs. */
export interface SdkSurroundings {
  now(): number
  randomId(): string
  /** Resolves when the vendor's server has answered. Never on a page that is gone by then. */
  post(message: CioMessage): Promise<void>
  later(milliseconds: number, run: () => void): void
  /** What the SDK says of the page in every page view: address, title, … */
  pageDetails?(): UnknownRecord
}

/** What plugins do before a message leaves: the in-app plugin is told who is identified. */
type BeforeSending = (message: CioMessage) => void

type Listener = (...args: never[]) => unknown

/** Milliseconds from a call to its callback. */
const CALLBACK_MS = 300

/**
 * `Analytics` of `@customerio/cdp-analytics-browser` 0.5, reduced to who the visitor is and what they do: the same
 * effects on its `User`, the same messages, the same events at the same moments (`src/core/analytics/index.ts`).
 */
export class Analytics {
  readonly queue = { plugins: [] as { name: string }[] }
  /** How many people it has told of, and has no answer yet. */
  onItsWay = 0
  beforeSending: BeforeSending = () => {}
  private listeners: (readonly [event: string, listener: Listener])[] = []

  constructor(
    private readonly held: SdkUser,
    private readonly surroundings: SdkSurroundings,
  ) {}

  readonly user = (): SdkUser => this.held

  on(event: string, listener: Listener): this {
    this.listeners.push([event, listener])
    return this
  }

  once(event: string, listener: Listener): this {
    const once: Listener = (...args) => {
      this.off(event, once)
      listener(...args)
    }
    return this.on(event, once)
  }

  off(event: string, listener: Listener): this {
    this.listeners = this.listeners.filter(([name, known]) => name !== event || known !== listener)
    return this
  }

  emit(event: string, ...args: unknown[]): void {
    for (const [name, listener] of this.listeners) if (name === event) listener(...(args as never[]))
  }

  setAnonymousId(id?: string): string | null | undefined {
    return this.held.anonymousId(id)
  }

  async ready(callback: (result: unknown[]) => void = () => {}): Promise<unknown[]> {
    await Promise.resolve()
    callback([])
    return []
  }

  async identify(...given: unknown[]) {
    const { id, traits, callback } = identifyArguments(given, this.held.id())
    this.held.identify(id, traits)
    this.onItsWay++
    const sent = await this.dispatch({ type: 'identify', userId: this.held.id(), traits: this.held.traits() })
    this.onItsWay--
    return this.tell('identify', sent, callback, sent.userId, sent.traits)
  }

  async track(...given: unknown[]) {
    const { name, properties, callback } = trackArguments(given)
    const sent = await this.dispatch({ type: 'track', event: name, properties })
    return this.tell('track', sent, callback, name, sent.properties)
  }

  async page(...given: unknown[]) {
    const { category, name, properties, callback } = pageArguments(given)
    const sent = await this.dispatch({
      type: 'page',
      ...(name === undefined ? {} : { name }),
      properties: {
        ...this.surroundings.pageDetails?.(),
        ...properties,
        ...(category === undefined ? {} : { category }),
        ...(name ? { name } : {}),
      },
    })
    return this.tell('page', sent, callback, category ?? null, name ?? null, sent.properties)
  }

  reset(): void {
    this.held.reset()
    this.emit('reset')
  }

  private async dispatch(more: CioMessage): Promise<CioMessage> {
    const { held, surroundings } = this
    const userId = held.id()
    const event: CioMessage = {
      timestamp: surroundings.now(),
      messageId: surroundings.randomId(),
      ...(userId ? { userId } : {}),
      anonymousId: held.anonymousId(),
      ...more,
    }
    this.emit('dispatch_start', { event })
    this.beforeSending(event)
    // The SDK sends in a task of its own (`src/core/queue/event-queue.ts`).
    await new Promise<void>(resolve => surroundings.later(0, resolve))
    // A message that names nobody is whoever's is there by then (`src/plugins/customerio/normalize.ts`).
    const named = {
      ...event,
      userId: event.userId || held.id(),
      anonymousId: event.anonymousId || held.anonymousId(),
    }
    await surroundings.post(copyOf(named))
    return event
  }

  /** The vendor tells its listeners only after the message has gone out. */
  private async tell(name: string, event: CioMessage, callback: Callback | undefined, ...said: unknown[]) {
    if (callback) {
      await new Promise<void>(resolve => this.surroundings.later(CALLBACK_MS, resolve))
      callback({ event })
    }
    this.emit(name, ...said)
    return { event }
  }
}
