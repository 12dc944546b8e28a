import { createHash } from 'node:crypto'
import type { Bridge } from '../../src/index.ts'
import type { Clock, TimerOwner } from './clock.ts'
import type { CookieJar } from './cookie-jar.ts'
import { type Analytics, installSdk, type SdkPage, type SdkUser } from './customerio-sdk.ts'
import type { Network } from './network.ts'
import { FakeDocument, ScriptElement } from './page-document.ts'
import { PageEvents } from './page-events.ts'
import type { PageGlobals, Script, Scripts } from './scripts.ts'
import type { SharedStorage, StorageChange, StorageUser } from './shared-storage.ts'

/**
 * How a vendor's script comes to a page: before the library, soon after it, when the library has given it up, not at
 * all (`hung`), as a failed request (`blocked`), or there is not even a snippet (`absent`).
 */
export type Arrival = 'early' | 'soon' | 'late' | 'hung' | 'blocked' | 'absent'

const ARRIVES_AFTER: Partial<Record<Arrival, number>> = { early: 1, soon: 300, late: 2_500, blocked: 40 }

/** Milliseconds between the arrivals of a script in two tabs that are opened at once. */
const TABS_APART = 400

/** What pages of one browser share. */
export interface PageParts {
  clock: Clock
  network: Network
  jar: CookieJar
  storage: SharedStorage
  scripts: Scripts
  random: () => number
  /** Milliseconds that news of a write to storage take to another tab. */
  storageDelay: number
  /** Whether FullStory is between two sessions in a tab. */
  isSwitching(): boolean
  onError: (error: unknown) => void
}

type Flags = { note: { type: 'str' } }

/** The least of a browser's page that the library and both vendors' SDKs need. */
export class Page implements TimerOwner, StorageUser {
  state: TimerOwner['state'] = 'live'
  readonly window: PageEvents & Record<string, unknown>
  bridge!: Bridge<Flags>
  /** Customer.io's SDK, once it takes calls. */
  sdk: Analytics | undefined
  private readonly globals: PageGlobals
  private readonly document: FakeDocument
  private readonly arrived = new Set<string>()
  private hasFullStory = false

  constructor(
    private readonly parts: PageParts & { index: number },
    readonly arrivals: { customerio: Arrival; fullstory: Arrival },
  ) {
    const { clock, jar, storage, random, onError } = parts
    this.document = new FakeDocument(jar, clock, script => this.load(script))
    this.window = new PageEvents(onError) as Page['window']
    this.globals = {
      window: this.window,
      globalThis: this.window,
      self: this.window,
      document: this.document,
      location: { href: 'http://localhost/', hostname: 'localhost', protocol: 'http:', search: '', hash: '' },
      history: {},
      navigator: {
        cookieEnabled: true,
        onLine: true,
        sendBeacon: (_url: string, body: string) => {
          parts.network.takeBundle(body)
          return true
        },
      },
      localStorage: storage.open(this),
      performance: {
        now: () => clock.elapsed,
        getEntriesByName: (address: string) => (this.arrived.has(address) ? [{}] : []),
      },
      Date: clock.Date,
      Math: Object.create(Math, { random: { value: random } }),
      setTimeout: (run: (...args: unknown[]) => void, milliseconds: number, ...args: unknown[]) =>
        clock.after(this, milliseconds, () => run(...args)),
      clearTimeout: (handle: unknown) => clock.cancel(handle),
      queueMicrotask,
      fetch: async (_url: string, { body }: { body: string }) => {
        await parts.network.postToFullStory(this, body)
        return { ok: true, status: 200 }
      },
      crypto: {
        getRandomValues: (words: Uint32Array) => words.map(() => random() * 2 ** 32),
        // Node's own works in another thread, whose pace would decide the order of things.
        subtle: {
          digest: async (_name: string, bytes: Uint8Array) =>
            new Uint8Array(createHash('sha256').update(bytes).digest()).buffer,
        },
      },
      console: { log() {}, warn() {}, debug() {}, error: onError },
      reportError: onError,
      HTMLScriptElement: ScriptElement,
    }
    Object.assign(this.window, this.globals, { top: this.window })
  }

  /** The page is parsed: snippets, then the library, the store's own code last. */
  async begin(setup: (createBridge: unknown) => Bridge<Flags>): Promise<void> {
    const { scripts, clock } = this.parts
    if (this.arrivals.fullstory !== 'absent') this.run(scripts.fullstorySnippet)
    if (this.arrivals.customerio !== 'absent') this.run(scripts.customerioSnippet)
    if (Object.values(this.arrivals).includes('early')) await clock.pass(60)
    this.run(scripts.bridge)
    this.bridge = setup((this.window.RetentionBridge as { createBridge: unknown }).createBridge)
  }

  /** Id of the running FullStory session; `undefined` while there is none. */
  get sessionId(): string | undefined {
    const fs = this.window.FS as undefined | ((operation: string, options: object) => unknown)
    return (fs?.('getSession', { format: 'id' }) as string | null | undefined) ?? undefined
  }

  /** A script is on its way: browsers do not keep such a page. */
  get isLoading(): boolean {
    const { fullstory, customerio } = this.arrivals
    const comes = /early|soon|late/
    return (comes.test(fullstory) && !this.hasFullStory) || (comes.test(customerio) && !this.sdk)
  }

  /** FullStory is between two sessions. */
  get isSwitching(): boolean {
    return this.hasFullStory && this.sessionId === undefined
  }

  dispatch(type: string, more: object = {}): void {
    this.window.dispatchEvent(Object.assign(new Event(type), more))
  }

  changed(change: StorageChange): void {
    this.dispatch('storage', change)
  }

  later(deliver: () => void): void {
    this.parts.clock.after(this, this.parts.storageDelay, deliver)
  }

  /** The page is left: kept in the browser's cache or gone. */
  leave(kept: boolean): void {
    this.document.visibilityState = 'hidden'
    this.dispatch('pagehide', { persisted: kept })
    this.dispatch('visibilitychange')
  }

  /** After {@link leave} and the microtasks that it left: nothing of the page runs any more. */
  stop(kept: boolean): void {
    this.state = kept ? 'frozen' : 'gone'
    if (!kept) this.parts.storage.close(this)
  }

  /** The page comes back from the browser's cache. */
  show(): void {
    this.document.visibilityState = 'visible'
    this.dispatch('pageshow', { persisted: true })
    this.dispatch('visibilitychange')
  }

  private load(script: ScriptElement): void {
    const isFullStory = script.src.includes('/fs.js')
    const arrival = this.arrivals[isFullStory ? 'fullstory' : 'customerio']
    const after = ARRIVES_AFTER[arrival]
    if (after === undefined) return
    const arrive = () => {
      // FullStory reads its cookie when it starts: not in the moment in which another tab changes it.
      if (isFullStory && this.parts.isSwitching()) return void this.parts.clock.after(this, 10, arrive)
      this.arrived.add(script.src)
      if (arrival === 'blocked') script.onerror?.()
      else if (isFullStory) {
        this.hasFullStory = true
        this.run(this.parts.scripts.fullstory, script)
      } else this.loadCustomerIo()
    }
    // Two tabs do not start in the same moment.
    this.parts.clock.after(this, after + (arrival === 'early' ? 0 : this.parts.index * TABS_APART), arrive)
  }

  private loadCustomerIo(): void {
    const { clock, network, scripts, random } = this.parts
    this.run(scripts.customerioUser)
    const page = this
    const sdkPage: SdkPage = {
      now: () => clock.now,
      randomId: () => `message-${random()}`,
      post: message => network.postToCustomerIo(this, message),
      later: (milliseconds, run) => void clock.after(this, milliseconds, run),
      get global() {
        return page.window.cioanalytics
      },
      set global(sdk: unknown) {
        page.window.cioanalytics = sdk
        page.sdk = sdk as Analytics
      },
    }
    installSdk(new (this.window.User as new () => SdkUser)(), sdkPage)
  }

  private run(script: Script, element: ScriptElement | null = null): void {
    this.document.currentScript = element
    // The snippet of FullStory wraps the page's fetch, and the double takes it from there.
    script(this.globals)
    this.document.currentScript = null
  }
}
