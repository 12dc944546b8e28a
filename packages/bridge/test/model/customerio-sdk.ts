import type { CioMessage } from '../../../sandbox/src/customerio/message.ts'

type Traits = Record<string, unknown>

/** The SDK's own class, as far as it is used here. */
export interface SdkUser {
  id(): string | null | undefined
  anonymousId(id?: string): string | null | undefined
  traits(): Traits | undefined
  identify(id: string | null | undefined, traits: Traits): void
  reset(): void
}

/** What the SDK needs of the page that it runs on. */
export interface SdkPage {
  now(): number
  randomId(): string
  /** Resolves when the vendor's server has answered. Never on a page that is gone by then. */
  post(message: CioMessage): Promise<void>
  later(milliseconds: number, run: () => void): void
  /** The global: the snippet's array stub first, then the SDK. */
  global: unknown
}

type Listener = (...args: unknown[]) => void

/** Milliseconds between the script's start and the moment at which its plugins are ready. */
const PLUGINS_MS = 5

/**
 * `Analytics` of `@customerio/cdp-analytics-browser` 0.5, reduced to who the visitor is: the same effects on its
 * `User`, the same messages, the same events at the same moments (`src/core/analytics/index.ts`).
 */
export class Analytics {
  readonly queue = { plugins: [] }
  /** How many people it has told of, and has no answer yet. */
  onItsWay = 0
  private readonly listeners: [event: string, listener: Listener][] = []

  constructor(
    private readonly held: SdkUser,
    private readonly page: SdkPage,
  ) {}

  readonly user = (): SdkUser => this.held

  on(event: string, listener: Listener): this {
    this.listeners.push([event, listener])
    return this
  }

  setAnonymousId(id: string): unknown {
    return this.held.anonymousId(id)
  }

  async ready(callback: (result: unknown[]) => void): Promise<void> {
    await Promise.resolve()
    callback([])
  }

  async identify(...args: unknown[]): Promise<void> {
    const id = args.find(arg => typeof arg === 'string') ?? this.held.id()
    const traits = (args.find(arg => typeof arg === 'object' && arg) ?? {}) as Traits
    this.held.identify(id as string | null, traits)
    const message = this.message({ type: 'identify', userId: this.held.id(), traits: this.held.traits() })
    // The vendor tells its listeners only after the message has gone out.
    this.onItsWay++
    await this.page.post(message)
    this.onItsWay--
    this.emit('identify', message.userId, message.traits)
  }

  async track(event: string, properties?: Traits): Promise<void> {
    await this.page.post(this.message({ type: 'track', event, properties }))
    this.emit('track', event, properties)
  }

  reset(): void {
    this.held.reset()
    this.emit('reset')
  }

  private message(more: CioMessage): CioMessage {
    const userId = this.held.id()
    const whole = {
      ...(userId ? { userId } : {}),
      anonymousId: this.held.anonymousId(),
      timestamp: this.page.now(),
      messageId: this.page.randomId(),
      ...more,
    }
    return JSON.parse(JSON.stringify(whole))
  }

  private emit(event: string, ...args: unknown[]): void {
    for (const [name, listener] of this.listeners) if (name === event) listener(...args)
  }
}

/**
 * The script has arrived: replaces the snippet's stub. What the stub has kept runs afterwards, each call in a task of
 * its own and grouped by method (`src/core/buffer/index.ts`): only the setters and listeners are in time.
 */
export const installSdk = (user: SdkUser, page: SdkPage): Analytics => {
  const sdk = new Analytics(user, page)
  const run = ([method, ...args]: unknown[]) => {
    const call = (sdk as unknown as Record<string, (...args: unknown[]) => unknown>)[method as string]
    call?.apply(sdk, args)
  }
  const take = (wanted: (method: unknown) => boolean): unknown[][] => {
    const stub = page.global as unknown[][]
    const calls = stub.filter(([method]) => wanted(method))
    stub.splice(0, stub.length, ...stub.filter(([method]) => !wanted(method)))
    return calls
  }
  for (const method of ['setAnonymousId', 'on']) take(given => given === method).forEach(run)
  page.later(PLUGINS_MS, () => {
    const calls = take(() => true)
    const methods = [...new Set(calls.map(([method]) => method))]
    for (const method of methods)
      for (const call of calls) if (call[0] === method) page.later(0, () => run(call))
    page.global = sdk
  })
  return sdk
}
