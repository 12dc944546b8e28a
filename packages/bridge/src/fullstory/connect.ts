import type { Limits } from '../delivery/queue.ts'
import type { Connector, Vendor, VendorState } from '../delivery/vendor.ts'
import { fullStory, SOURCE } from './adapter.ts'
import { type FullStoryApi, findFullStory } from './namespace.ts'
import { fullStoryV1 } from './v1.ts'

/**
 * FullStory's documented limits per page: user properties and identity 30 a minute and 10 a second, events 60 a
 * minute and 40 a second. The client neither enforces nor mentions them. A tenth is left to the page's own calls.
 */
export const FULLSTORY_LIMITS: Limits = [
  [
    [27, 6e4],
    [9, 1e3],
  ],
  [
    [54, 6e4],
    [36, 1e3],
  ],
]

/** Finds FullStory and tells when it takes calls: at every `start`, since each session split starts it anew. */
export const connectFullStory =
  (given: unknown): Connector =>
  turn => {
    let fs: FullStoryApi | undefined
    let vendor: Vendor | undefined
    let observable: boolean
    let settled = false

    const settle = (state: VendorState, reason?: string) => {
      settled = true
      turn(state, reason, state === 'ready' ? vendor : undefined)
    }

    const attach = (found: FullStoryApi) => {
      const call = (operation: string, options: object) => found(operation, options, SOURCE)
      // `@fullstory/browser` has no version, and what snippet 2 has.
      observable = !(Number.parseFloat(found._v as string) < 2)
      vendor =
        observable && (given as { api?: string }).api !== 'v1'
          ? fullStory('v2', found)
          : fullStory('v1', fullStoryV1(found))
      if (!observable) return
      call('observe', { type: 'start', callback: () => settle('ready') })
      call('observe', {
        type: 'shutdown',
        // Reason 5: fs.js may not capture here at all. Reason 7: the page is being left, and fs.js still sends.
        callback: ({ reason }: { reason: number }) =>
          reason === 7 || settle(reason === 5 ? 'disabled' : 'paused'),
      })
      // The one way to hear that the script could not be loaded, also when that was long ago.
      const session = call('getSessionAsync', {}) as Promise<unknown> | undefined
      session?.then(null, ({ message }) =>
        settle(
          /loading/.test(message) ? 'blocked' : /disabled/.test(message) ? 'disabled' : 'paused',
          message,
        ),
      )
    }

    return expired => {
      if (!fs) {
        const found = typeof given === 'function' ? (given as FullStoryApi) : findFullStory()
        // Throws while the page has not called the init of `@fullstory/browser` yet.
        if (found) attach(found)
        fs = found
      }
      if (!settled && !observable && fs?.getCurrentSessionURL?.()) settle('ready')
      if (expired && !settled) turn(fs ? 'hung' : 'missing')
      return settled
    }
  }
