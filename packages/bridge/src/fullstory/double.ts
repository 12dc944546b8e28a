import { FULLSTORY_ADVICE } from '../../../sandbox/src/fullstory/advice.ts'
import { InMemoryFullStory } from '../../../sandbox/src/fullstory/in-memory.ts'
import type { FsEvent, FsUser, FullStoryRule, SessionView } from '../../../sandbox/src/fullstory/view.ts'
import { pageAddress, pageWindow } from '../globals.ts'
import { advised, type Violation } from '../testing/violation.ts'

type SessionFormat = 'url' | 'id' | 'url.now' | 'all'

/** The parts of a session's id; what `getSession` answers with the format `all`. */
interface SessionParts {
  orgId: string
  userId: string
  sessionId: string
  pageId: string
}

type SessionAnswer<Format extends SessionFormat> = Format extends 'all' ? SessionParts : string

/** What `getConfig` answers. */
interface ConfigAnswer {
  env: {
    appHost: string
    namespace: string
    orgId: string
    recHost: string
    recSettingsHost: string
    scheme: string
    snippetVersion: string
    script?: string
  }
  /** Nothing, while the page has said nothing of the user. */
  user?: { uid?: string; properties: { displayName?: string; email?: string; [name: string]: unknown } }
}

/** Ends an observation; `failed` where there is no such type, or no callback. */
interface Observation {
  disconnect: () => void
  failed?: true
}

/** Operations that answer nothing. */
type Silent =
  | 'setIdentity'
  | 'setProperties'
  | 'trackEvent'
  | 'shutdown'
  | 'restart'
  | 'start'
  | 'init'
  | 'log'
  | 'stat'
  | 'source'
  | 'setConfig'
  | 'setPage'

/** What the operations answer that have no formats. */
interface Answers extends Record<Silent, undefined> {
  observe: Observation | null | undefined
  getFullstoryId: number
}

/** `FS` of snippet 2.1, as far as its published types (`@fullstory/snippet` 2.1) and these doubles go. */
interface FullStoryFunction {
  <Format extends SessionFormat>(
    operation: 'getSession',
    options: { format: Format },
    source?: string,
  ): SessionAnswer<Format> | null | undefined
  (operation: 'getSession', options?: undefined, source?: string): string | null | undefined
  (operation: 'getConfig', options?: undefined, source?: string): ConfigAnswer | null | undefined
  <Format extends SessionFormat>(
    operation: 'getSessionAsync',
    options: { format: Format },
    source?: string,
  ): Promise<SessionAnswer<Format>>
  (operation: 'getSessionAsync', options?: undefined, source?: string): Promise<string>
  (operation: 'getConfigAsync', options?: undefined, source?: string): Promise<ConfigAnswer>
  <Name extends keyof Answers>(
    operation: `${Name}Async`,
    options?: unknown,
    source?: string,
  ): Promise<Answers[Name]>
  <Name extends keyof Answers>(operation: Name, options?: unknown, source?: string): Answers[Name]
  readonly _v: string
  identify(uid: unknown, vars?: unknown, source?: string): void
  setUserVars(vars: unknown, source?: string): void
  setVars(scope: 'user' | 'page' | 'document', vars?: unknown, source?: string): void
  event(name: string, properties?: unknown, source?: string): void
  anonymize(): void
  consent(given?: boolean): void
  log(...message: unknown[]): void
  shutdown(): void
  restart(): void
  /** These exist only once fs.js is there. */
  getCurrentSession?(): string | null
  getCurrentSessionURL?(now?: boolean): string | null
}

/** A rule of FullStory that was broken. */
export type FullStoryViolation = Violation<'fullstory', FullStoryRule>

/**
 * FullStory in memory: `FS` to be given to the code under test, what it holds of everybody, and what happens to it.
 *
 * It does what fs.js and FullStory's servers do, as observed with the real ones: people, sessions and shutdowns follow
 * the same state machine, properties are typed and refused by the same rules. Calls never throw; what FullStory would
 * drop without a word is in `violations`.
 */
export interface FullStoryDouble extends FullStoryFunction {
  /** Everybody who was ever there, each once: an anonymous user who became somebody known is that person. */
  readonly people: FsUser[]
  /** All sessions in the order in which they began, with the uid of whom they belong to now. */
  readonly sessions: SessionView[]
  /** Events of all sessions, in order; `uid` is whom the user was known as then. */
  readonly events: FsEvent[]
  /** Rules that were broken, in order. */
  readonly violations: FullStoryViolation[]
  /** The uid that FullStory has for the visitor of this page; `null` for an anonymous one. */
  readonly uid: string | null
  /** The person whose session runs, or ran last. */
  readonly person: FsUser | undefined
  /**
   * - `loading`: the script is not there; calls are kept
   * - `running`: calls are recorded
   * - `shutdown`: sync calls are kept, async ones rejected; also between two sessions
   * - `blocked`: nothing is recorded any more
   */
  readonly state: 'loading' | 'running' | 'shutdown' | 'blocked'
  /** A session is about to begin: `settled` waits for that. */
  readonly busy: boolean
  /** With `delayStart`: the script arrives. What was called before is done, unless a change of person discards it. */
  start(): void
  /**
   * Before the script is there: an ad blocker has it, async calls are rejected with `Error loading …`. Later: the server
   * refuses this page, which shuts it down with reason 5 for good.
   */
  block(): void
  /**
   * The session ends by itself. `idle`: nobody did anything for 30 minutes; shut down with reason 3 until
   * {@link FullStoryDouble.activity}. `size`: it was as long as one may be (24 hours, 250 pages); shut down with reason 6,
   * and the next one begins.
   */
  endSession(how: 'idle' | 'size'): void
  /** The visitor does something, which begins the next session after an idle time. */
  activity(): void
}

/** What {@link createFullStory} takes. */
export interface FullStoryDoubleOptions {
  /** `true`: fs.js is not there until `start()`. By default it is, and has begun a session. */
  delayStart?: boolean
}

const address = (): string => (pageWindow() ? pageAddress() : '')

/**
 * A FullStory of a page that was just opened by somebody new. Give it to `createBridge({ fullstory })`, or make it
 * `window.FS`. Each has people, sessions and limits of its own.
 *
 * Not simulated: recording itself, several pages or tabs, inner frames, snippets before 2.0.
 *
 * @example
 * const fullstory = createFullStory()
 * const bridge = createBridge({ flags, fullstory })
 */
export const createFullStory = ({ delayStart }: FullStoryDoubleOptions = {}): FullStoryDouble => {
  const memory = new InMemoryFullStory(address)
  if (!delayStart) memory.start(true)
  const { collector } = memory
  const users = () => collector.view().users
  const kept = {
    get people() {
      return users().filter(({ mergedInto }) => !mergedInto)
    },
    get sessions() {
      return collector.view().sessions
    },
    get events() {
      return collector.view().sessions.flatMap(({ events }) => events)
    },
    get violations(): FullStoryViolation[] {
      return advised(collector.violations, FULLSTORY_ADVICE)
    },
    get uid() {
      return memory.uid
    },
    get person() {
      const user = users().find(({ id }) => id === memory.user)
      return user?.mergedInto ? users().find(({ id }) => id === user.mergedInto) : user
    },
    get state() {
      return memory.state
    },
    get busy() {
      return memory.isBusy
    },
    start: () => memory.start(),
    block: () => memory.block(),
    endSession: (how: 'idle' | 'size') => memory.endSession(how),
    activity: () => memory.act(),
  }
  const double = memory.stub as unknown as FullStoryDouble
  return Object.defineProperties(double, Object.getOwnPropertyDescriptors(kept))
}
