import { browserStorage, pageWindow } from '../globals.ts'
import { hashEmail } from '../identity/hash-email.ts'

/** What becomes of a message that a visitor sees. */
export type InAppAction = 'shown' | 'clicked' | 'dismissed'

/** What is known of a message, by the names of an event's properties. */
export interface InAppMessage {
  message_id?: string
  delivery_id?: string
  broadcast_id?: string | number
  action_name?: string
}

export type Tell = (action: InAppAction, message: InAppMessage) => void

/** By the name of the event. */
export type Listeners = Record<string, (event: never) => void>
interface Emitter {
  on(name: string, listener: unknown): unknown
  off(name: string, listener: unknown): unknown
}

/** The JavaScript SDK, whose in-app plugin adds `inbox`, or `customerio-gist-web` 3, which has `events` after `setup`. */
interface InAppSdk extends Emitter {
  /** Of the loaded SDK only. */
  queue?: unknown
  inbox?: unknown
  initialized?: boolean
  events: Emitter
}

/** All that can be given: an SDK, an `AnalyticsBrowser` with one inside, or two of them. */
type Given = InAppSdk & { instance?: InAppSdk; analytics?: Given; gist?: Given }

/**
 * Whether a message may be one that this visitor sees. Messages are kept in this browser in lists, which are named by
 * the SHA-256 of the user token they came for. Those of the inbox, which nobody need see, are reported as the others.
 * True where no list tells.
 *
 * @param name any of the message's ids
 * @param id the shared ID; `null` for an anonymous visitor
 * @param left who has left this page last, whose token the SDK may still have
 */
export const isSeenBy = async (name: unknown, id: string | null, left?: string): Promise<boolean> => {
  const storage = browserStorage()
  // `broadcastIdInt` is a number, `campaignId` and all others are texts.
  const field = ((name as number) > 0 ? 'Int":' : 'Id":"') + name
  const lists = Object.keys(storage).filter(
    key => /^gist\.web\..*mess/.test(key) && storage[key].includes(field),
  )
  if (lists.some(list => list.includes('inbox'))) return false
  const person = id ?? left
  if (!person || !lists[0]) return true
  const hash = await hashEmail(person)
  return lists.some(list => list.includes(hash) === !!id)
}

const listen = <Method extends string>(
  target: Record<Method, (name: string, listener: never) => unknown>,
  listeners: Listeners,
  on: Method,
  off: Method,
) =>
  Object.entries(listeners).map(([name, listener]) => {
    target[on](name, listener as never)
    return () => {
      target[off](name, listener as never)
    }
  })

/**
 * Finds an SDK that has in-app messages by now. `Gist` tells more than the JavaScript SDK, and is the same thing where
 * both are on the page: the in-app plugin uses a `Gist` that was there before it.
 *
 * @returns what listens to it, and returns what ends that; nothing as long as there is no such SDK
 */
export const findInApp = async (given: unknown): Promise<((tell: Tell) => (() => void)[]) | undefined> => {
  const window = pageWindow() as Window
  const { cioanalytics, Gist } = window as unknown as { cioanalytics?: Given; Gist?: Given }
  const { analytics = given, gist } = given as Given
  const set = [given as Given, gist, Gist].find(sdk => sdk?.initialized)
  // A stub has been replaced on the page, or will be.
  const sdk = (analytics === 'auto' || Array.isArray(analytics) ? cioanalytics : analytics) as
    | Given
    | undefined
  const loaded = sdk?.instance ?? sdk
  const source = (set?.events ?? (loaded?.queue && loaded.inbox && loaded)) as Emitter | undefined
  if (!source) return
  const { listeners } = await (set ? import('./in-app-gist.ts') : import('./in-app-analytics.ts'))
  return tell => {
    const { own, page } = listeners(tell)
    return [
      ...listen(source, own, 'on', 'off'),
      ...listen(window, page, 'addEventListener', 'removeEventListener'),
    ]
  }
}
