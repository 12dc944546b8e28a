import type { Attach } from '../delivery/on-demand.ts'
import type { Answers, Properties, Step, Vendor } from '../delivery/vendor.ts'
import type { Page } from '../globals.ts'

/** The snippet's array stub, an `AnalyticsBrowser`, or the loaded SDK itself. */
export interface PipelinesApi {
  /** The stub's and the SDK's. */
  ready?(callback: () => void): unknown
  /** Only of an `AnalyticsBrowser`, which resolves to the SDK. */
  then?(ready: (loaded: [Pipelines, unknown]) => void): unknown
  user?(): unknown
}

/** What the bridge uses of the loaded `Analytics` of `@customerio/cdp-analytics-browser` 0.5. */
export interface Pipelines {
  user(): {
    /** What it answers, it writes to all of its storages. */
    id(id?: string | null): string | null | undefined
    anonymousId(): string | null | undefined
    traits(): Properties | undefined
    /** Keeps who it is, and tells nobody. */
    identify(id: string | null, traits: Properties): unknown
  }
  identify(id: string, traits: Properties): PromiseLike<unknown>
  identify(traits: Properties): PromiseLike<unknown>
  track(name: string, properties?: Properties): PromiseLike<unknown>
  page(name: string | undefined, properties?: Properties): PromiseLike<unknown>
  reset(): unknown
  setAnonymousId(id: string): unknown
  on(event: string, listener: (id?: unknown) => void): unknown
  /** Whether it has what was called before it was loaded. */
  initialized?: boolean
  /** The plugins at work, among them Customer.io's own destinations. */
  queue?: { plugins?: readonly { name: string }[] }
}

/** Milliseconds in which the SDK, once it is initialized, has read who is there for what the page has said before. */
const SETTLE = 100
/** Milliseconds until then, at most. */
const INITIALIZE = 1e3

/** Milliseconds in which each tab has heard that somebody has left, unless it was busy. */
const WRITE_BACK = 2e3

/** Customer.io's JavaScript SDK, once it is ready. */
export const pipelines = (sdk: Pipelines, page: Pick<Page, 'localStorage' | 'performance'>): Vendor => {
  // Who the SDK had last; who left, and until when they cannot be back; who is there since.
  let seen: Answers = {}
  let left: Answers = {}
  let end = 0
  let now: Answers = {}
  const soon = (milliseconds: number) => page.performance.now() + milliseconds
  let settled = soon(sdk.initialized === false ? INITIALIZE : SETTLE)
  sdk.on('initialize', () => {
    settled = soon(SETTLE)
  })
  const user = sdk.user()
  const own = user.id.bind(user)

  /**
   * Who has left is back in storage when the SDK of another tab that has not heard yet writes them back, or when the
   * browser has not deleted the cookie yet (WebKit). The SDK reads that, spreads it, and gives it to events that are on
   * their way. So each reading goes through here.
   */
  user.id = id => {
    const got = own(id)
    if (id) {
      now.id = id
      if (id === left.id) left = {}
    }
    const isBack = id === undefined && got && got === left.id && Date.now() < end
    if (!isBack) return got
    own(null)
    return own(now.id)
  }
  sdk.on('reset', () => {
    if (seen.id) left = seen
    end = Date.now() + WRITE_BACK
    const renewed = user.anonymousId()
    // Already written back?
    const anonymousId = renewed === left.anonymousId ? Math.random().toString(36).slice(2) + end : renewed
    now = { id: null, anonymousId }
    if (anonymousId !== renewed) sdk.setAnonymousId(anonymousId as string)
  })
  const read = () => {
    try {
      // The same for the anonymous id, which events have from the start.
      const { anonymousId } = left
      const isBack =
        anonymousId && page.localStorage.getItem('ajs_anonymous_id') === JSON.stringify(anonymousId)
      if (isBack && Date.now() < end) sdk.setAnonymousId(now.anonymousId as string)
    } catch {
      // Storage is denied: no tab shares anything.
    }
    const id = user.id()
    seen = { id: id ? String(id) : null, anonymousId: user.anonymousId() }
    return seen
  }
  const traits = () => user.traits() ?? {}
  const reset = ({ told, anonymousId }: Step) => {
    if (traits().email) left = seen
    sdk.reset()
    if (told && anonymousId) {
      now.anonymousId = anonymousId
      sdk.setAnonymousId(anonymousId)
    }
  }
  const say = ({ kind, name, properties }: Step) => {
    const sent = sdk[kind as 'page'](name, properties)
    return read().id ? undefined : sent
  }
  return {
    api: 'cioanalytics',
    read,
    // A page view of the snippet's gets the id of who is there some tasks later (`normalize` of the SDK), and may arrive
    // first: it would make a person of the id, without the address by which the guest's could join it.
    wait: ({ kind, id }, time, hurries) =>
      kind === 'identify' && id && !hurries ? Math.max(0, settled - time) : 0,
    email: () => traits().email,
    identify: step => {
      const { id = null, properties, cut, owed, told } = step
      const current = read().id
      const held = traits()
      // The vendor asks to identify on change only. What it was told before it keeps itself, across pages.
      if (
        !owed &&
        current === id &&
        Object.keys(properties).every(name => canonical(properties[name]) === canonical(held[name]))
      )
        return
      // Without a reset the anonymous id of somebody else, or of another guest, would be this person's, too.
      const isOther = current
        ? current !== id
        : cut || (held.email && plain(held.email) !== plain(properties.email))
      if (isOther) reset(step)
      if (told) return void user.identify(id, properties)
      return id ? sdk.identify(id, properties) : sdk.identify(properties)
    },
    reset: step => {
      // An SDK that is asked writes what it answers to storage.
      if (step.told || read().id || traits().email) reset(step)
    },
    // Flags are FullStory's; Customer.io knows them first.
    update: () => {},
    track: say,
    // In-app messages go by the name, else by the address.
    page: say,
  }
}

/** An address as it is compared. */
const plain = (email: unknown) => String(email).trim().toLowerCase()

/** JSON in which the order of keys makes no difference. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part) ? Object.entries(part).sort() : part,
  )

/** Tells when Customer.io's JavaScript SDK takes calls in order. */
export const attach: Attach = (given, turn, changed, page) => {
  // A stub that was replaced since it was given takes no more calls.
  const find = () =>
    ((given === 'auto' || Array.isArray(given) ? page.cioanalytics : undefined) ?? given) as PipelinesApi
  const use = (sdk: PipelinesApi) => {
    if (!sdk.user) return
    const loaded = sdk as Pipelines
    for (const event of ['identify', 'reset']) loaded.on(event, changed)
    // It calls FullStory as well: everything would be sent twice.
    const doubled = loaded.queue?.plugins?.find(({ name }) => /fullstory/i.test(name))
    turn('ready', doubled?.name, pipelines(loaded, page))
  }
  const failed = (error: unknown) => turn('blocked', String(error))
  const found = find()
  // The stub keeps a call of `ready` and the SDK answers it when it is ready, having replaced the global.
  const asked = found.then ? found.then(([sdk]) => use(sdk)) : found.ready?.(() => use(find()))
  Promise.resolve(asked).catch(failed)
}

/** An answered request and still no SDK: refused by a blocker or the server, or its settings were. */
export const late = ({ document, performance }: Page) => {
  const script = document.querySelector<HTMLScriptElement>('script[data-global-customerio-analytics-key]')
  return script && performance.getEntriesByName(script.src)[0] ? 'blocked' : 'hung'
}
