import type { Attach } from '../delivery/on-demand.ts'
import type { Step, Turn, Vendor } from '../delivery/vendor.ts'
import { limitsOf } from './budget.ts'
import type { FullStoryApi } from './find-fullstory.ts'

/** Names the integration to FullStory (third argument of every call). */
const SOURCE = 'retention-bridge'

/** What a function that is not FullStory's may answer and then reject is nobody's: the page would be told of it. */
const callsOf = (fs: FullStoryApi) => (operation: string, options?: object) => {
  const answer = fs(operation, options, SOURCE) as Partial<Promise<unknown>> | null | undefined
  answer?.then?.(undefined, () => {})
  return answer
}

/** FullStory's capture on this page, whatever is done to the bridge on it. */
export const capture = {
  /** Or starts again by itself: between two sessions, or after an idle time. */
  runs: false,
  /** By the bridge. */
  ended: false,
}

/**
 * FullStory by its V2 operations, in their sync form only: async calls are rejected and lost while capture is shut
 * down, which includes the middle of a session split; sync calls are kept (observed with fs.js).
 *
 * @param sdk the page's own function, where `fs` is not that
 */
export const fullStory = (api: string, fs: FullStoryApi, sdk = fs): Vendor & { resume(): void } => {
  const call = callsOf(fs)
  // The vendor wants the uid once on every page; `undefined` until this page has said anything.
  let told: string | null | undefined
  const readId = () => {
    const config = call('getConfig') as { user?: { uid?: string } } | null | undefined
    return config ? (config.user?.uid ?? null) : undefined
  }
  const send = (operation: string, more: object, { properties, types }: Step) => {
    call(operation, { ...more, properties, schema: { properties: types } })
  }
  const become = ({ id = null }: Step) => {
    const held = readId()
    if (told === id && (held === undefined || held === id)) return
    told = id
    // Harmless for an anonymous visitor, and a new page cannot be asked: it has a hash of the earlier page's uid only.
    call('setIdentity', id ? { uid: id } : { anonymous: true })
  }
  return {
    api,
    wait: limitsOf(sdk),
    identify: become,
    reset: become,
    update: step => send('setProperties', { type: 'user' }, step),
    track: step => send('trackEvent', { name: step.name }, step),
    page: step =>
      send(
        'setProperties',
        { type: 'page' },
        { ...step, properties: { ...step.properties, pageName: step.name } },
      ),
    read: () => ({
      id: readId(),
      sessionUrl: call('getSession', { format: 'url.now' }) as string,
    }),
    // What the page itself has ended is not started again.
    stop: () => {
      if (!capture.runs) return
      capture.ended = true
      call('shutdown')
    },
    resume: () => {
      if (!capture.ended) return
      capture.ended = false
      call('restart')
    },
  }
}

/** Tells when FullStory takes calls: at every `start`, since each session split starts it anew. */
export const observe = (sdk: FullStoryApi, vendor: Vendor, turn: Turn): void => {
  const call = callsOf(sdk)
  call('observe', {
    type: 'start',
    callback: () => {
      capture.runs = true
      turn('ready', '', vendor)
    },
  })
  call('observe', {
    type: 'shutdown',
    // Reason 5: fs.js may not capture here at all. Reason 7: the page is being left, and fs.js still sends.
    callback: ({ reason }: { reason: number }) => {
      // Reason 1: the page has ended it.
      if (reason === 1 || reason === 5) capture.runs = false
      if (reason !== 7) turn(reason === 5 ? 'disabled' : 'paused')
    },
  })
  // The one way to hear that the script could not be loaded, also when that was long ago.
  const session = call('getSessionAsync', {}) as Promise<unknown> | undefined
  session?.then(null, ({ message }) =>
    turn(/loading/.test(message) ? 'blocked' : /disabled/.test(message) ? 'disabled' : 'paused', message),
  )
}

/** FullStory by its V2 operations. Throws while the page has not called the init of `@fullstory/browser` yet. */
export const attach: Attach = (given, turn) => {
  const sdk = given as FullStoryApi
  const vendor = fullStory('v2', sdk)
  observe(sdk, vendor, turn)
  vendor.resume()
}
