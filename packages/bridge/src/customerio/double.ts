import { CUSTOMERIO_ADVICE } from '../../../sandbox/src/customerio/advice.ts'
import type { Inbox } from '../../../sandbox/src/customerio/double/inbox.ts'
import type { NewInboxMessage } from '../../../sandbox/src/customerio/in-app/mailbox.ts'
import { InMemoryCustomerIo } from '../../../sandbox/src/customerio/in-memory.ts'
import type { CioAnonymous, CioPerson, CustomerIoRule } from '../../../sandbox/src/customerio/view.ts'
import { browserStorage, pageAddress, pageDocument, pageWindow } from '../globals.ts'
import { advised, type Violation } from '../testing/violation.ts'

type Traits = Record<string, unknown>

/** What a call resolves to when its message has left, as the SDK's context. */
interface Dispatched {
  event: unknown
}

/** The SDK's `User`: who the visitor is. What is asked for without an argument is only answered. */
interface User {
  id(id?: string | null): string | null | undefined
  anonymousId(id?: string | null): string | null | undefined
  traits(traits?: Traits | null): Traits | undefined
  identify(id?: string | null, traits?: Traits): void
  reset(): void
}

/** `cioanalytics`, as far as these doubles go (`Analytics` of `@customerio/cdp-analytics-browser` 0.5). */
interface CustomerIoAnalytics {
  /** `identify(id?, traits?, options?, callback?)`, each of which may be left out. */
  identify(...given: unknown[]): Promise<Dispatched>
  /** `track(name, properties?, options?, callback?)`. Rejects without a name. */
  track(...given: unknown[]): Promise<Dispatched>
  /** `page(category?, name?, properties?, options?, callback?)`. */
  page(...given: unknown[]): Promise<Dispatched>
  /** The visitor is somebody new: id, anonymous id and traits are forgotten. */
  reset(): unknown
  /** Throws before the SDK is there. */
  user(): User
  setAnonymousId(id?: string): unknown
  /** Calls back when the SDK is there, or at once. */
  ready(callback?: (result: unknown[]) => void): Promise<unknown>
  /** `identify`, `track`, `page` (when the message has left), `dispatch_start` (before), `reset`, `initialize`. */
  on(event: string, listener: (...args: never[]) => unknown): CustomerIoDouble
  once(event: string, listener: (...args: never[]) => unknown): CustomerIoDouble
  off(event: string, listener: (...args: never[]) => unknown): CustomerIoDouble
  /** The inbox of whoever is identified. Throws before the SDK is there. */
  inbox(...topics: string[]): Inbox
}

/** A rule of Customer.io that was broken. */
export type CustomerIoViolation = Violation<'customerio', CustomerIoRule>

/**
 * Customer.io in memory: `cioanalytics` to be given to the code under test, what it holds of everybody, and what happens
 * to it.
 *
 * The SDK's part keeps, sends and repeats as the real one does: in `localStorage` (`ajs_…`), each message in a task of
 * its own, calls of before it was there grouped by method. The server's part merges people by id, address and anonymous
 * id, and refuses what Customer.io refuses without telling the page, which is then in `violations`.
 */
export interface CustomerIoDouble extends CustomerIoAnalytics {
  /** Everybody who was identified, by id or by address, with what they did before that in the same browser. */
  readonly people: CioPerson[]
  /** Anonymous visitors whose activity belongs to nobody known. */
  readonly anonymous: CioAnonymous[]
  /** Rules that were broken, in order. */
  readonly violations: CustomerIoViolation[]
  /**
   * - `loading`: the SDK is not there; calls are kept
   * - `running`: calls are sent
   * - `blocked`: nothing reaches Customer.io any more
   */
  readonly state: 'loading' | 'running' | 'blocked'
  /** A message is on its way: `settled` waits for that. */
  readonly busy: boolean
  /** The person of that id or e-mail address, or of Customer.io's own id (`cio_…`), as Customer.io finds them. */
  find(id: string): CioPerson | undefined
  /** With `delayStart`: the SDK arrives. What was called before is done, grouped by method. */
  start(): void
  /** Before the SDK is there: it never comes, and nothing is answered. Later: requests fail, which the SDK does not tell. */
  block(): void
  /**
   * A campaign sends a message to somebody's inbox, `to` their id or address. A listener of `inbox().onUpdates` hears of
   * it in the next task. Returns the message's id.
   */
  pushInbox(message: NewInboxMessage): string
}

/** What {@link createCustomerIo} takes. */
export interface CustomerIoDoubleOptions {
  /** `true`: the SDK is not there until `start()`. By default it is. */
  delayStart?: boolean
}

/** As the SDK's page enrichment says it of each page view. */
const pageDetails = () => {
  if (!pageWindow()) return {}
  const { pathname, search, href } = new URL(pageAddress())
  const { referrer, title } = pageDocument()
  return { path: pathname, referrer, search, title, url: href.replace(/#.*/, '') }
}

/**
 * A Customer.io workspace that knows nobody, and its SDK on a page that was just opened. Give it to
 * `createBridge({ customerio })`, or make it `window.cioanalytics`.
 *
 * The SDK remembers who the visitor is in the page's `localStorage`, as the real one does: a test that leaves it as it is
 * goes on with the visitor of the test before.
 *
 * Not simulated: cookies, several tabs, messages that are shown (modals, banners), groups, the other SDKs.
 *
 * @example
 * const customerio = createCustomerIo()
 * const bridge = createBridge({ flags, customerio })
 */
export const createCustomerIo = ({ delayStart }: CustomerIoDoubleOptions = {}): CustomerIoDouble => {
  const memory = new InMemoryCustomerIo({
    storage: () => (pageWindow() ? browserStorage() : undefined),
    pageDetails,
  })
  if (!delayStart) memory.start(true)
  const { collector } = memory
  const chained =
    (method: 'on' | 'once' | 'off') =>
    (...given: unknown[]) => {
      memory.call(method, given)
      return double
    }
  const sent =
    (method: 'identify' | 'track' | 'page') =>
    (...given: unknown[]) =>
      memory.call(method, given) as Promise<Dispatched>
  const double: CustomerIoDouble = {
    identify: sent('identify'),
    track: sent('track'),
    page: sent('page'),
    reset: () => memory.call('reset', []),
    user: () => memory.user(),
    setAnonymousId: id => memory.call('setAnonymousId', [id]),
    ready: callback => memory.call('ready', [callback]) as Promise<unknown>,
    on: chained('on'),
    once: chained('once'),
    off: chained('off'),
    inbox: (...topics) => memory.inboxOf(topics),
    get people() {
      return collector.view().people
    },
    get anonymous() {
      return collector.view().anonymous
    },
    get violations() {
      return advised(collector.violations, CUSTOMERIO_ADVICE)
    },
    get state() {
      return memory.state
    },
    get busy() {
      return memory.isBusy
    },
    find: id => collector.person(id),
    start: () => memory.start(),
    block: () => memory.block(),
    pushInbox: message => collector.pushInbox(message),
  }
  return double
}
