import { browserStorage, pageWindow } from '../globals.ts'
import { readGist } from './gist-storage.ts'

/** What is used of a message of Customer.io's inbox: data of the store's, which nobody is shown. */
export interface InboxMessage {
  /** Names it in all tabs and on all pages. */
  readonly messageId: string
  readonly opened: boolean
  readonly properties: unknown
  readonly sentAt: Date
  /** Reject when Customer.io cannot be told. */
  markOpened(): Promise<unknown>
  markDeleted(): Promise<unknown>
}

/** The inbox of one topic, of whoever it belongs to at the moment of each call; as the JavaScript SDK's `inbox()`. */
export interface Inbox {
  /** All that have not expired, in no order. */
  messages(): Promise<InboxMessage[]>
  /** Calls `listener` when the server or this page has changed them, whoever they belong to. Returns what ends it. */
  onUpdates(listener: () => void): () => void
}

/** A message as `customerio-gist-web` has it, and as both SDKs store it. */
interface GistMessage {
  queueId: string
  userToken?: string
  opened?: boolean
  properties?: unknown
  sentAt: string
  topics?: readonly string[]
}

/** The JavaScript SDK, whose in-app plugin adds `inbox`, or `customerio-gist-web` 3, which has the rest after `setup`. */
interface InAppSdk {
  /** Throws until the in-app plugin has loaded. */
  inbox?(topic: string): Inbox
  initialized?: boolean
  events: Record<'on' | 'off', (name: string, listener: () => void) => void>
  getInboxMessages?(): Promise<GistMessage[]>
  updateInboxMessageOpenState(id: string, opened: boolean): Promise<unknown>
  removeInboxMessage(id: string): Promise<unknown>
}

/** All that can be given: an SDK, an `AnalyticsBrowser` with one inside, or two of them. */
type Given = InAppSdk & { instance?: InAppSdk; analytics?: Given; gist?: Given }

/**
 * The user token, to whom the inbox belongs at this moment. The SDK's in-app plugin makes it the user id, some time
 * after the SDK itself answers that. Throws where storage is denied: there is no inbox there.
 */
export const inboxOwner = (): unknown => readGist(browserStorage(), 'userToken')

/**
 * To whom a message was sent, as the server has said; `undefined` where it has not. Lists are stored by the token of
 * the moment in which they arrive: another tab's change of person may file what was sent to the one before under the
 * next. The SDK's own messages do not say (published source of `@customerio/cdp-analytics-browser` 0.5.11).
 */
export const sentTo = ({ messageId }: InboxMessage): string | undefined =>
  Object.entries(browserStorage())
    .flatMap(([key, text]: [string, string]) =>
      key.startsWith('gist.web.inbox.messages.')
        ? ((JSON.parse(text) as { value?: GistMessage[] }).value ?? [])
        : [],
    )
    .find(({ queueId }) => queueId === messageId)?.userToken

/** The inbox of in-app messages by themselves, in the words of the JavaScript SDK. */
const gistInbox = (sdk: InAppSdk, topic: string): Inbox => ({
  messages: async () =>
    ((await sdk.getInboxMessages?.()) ?? [])
      .filter(({ topics }) => topics?.includes(topic))
      .map(({ queueId, opened = false, properties, sentAt }) => ({
        messageId: queueId,
        opened,
        properties,
        sentAt: new Date(sentAt),
        markOpened: () => sdk.updateInboxMessageOpenState(queueId, true),
        markDeleted: () => sdk.removeInboxMessage(queueId),
      })),
  onUpdates: listener => {
    const name = 'messageInboxUpdated'
    sdk.events.on(name, listener)
    return () => sdk.events.off(name, listener)
  },
})

/** Finds an SDK that has an inbox by now. An SDK without in-app plugin may have Gist beside it. */
export const findInbox = (given: unknown, topic: string): Inbox | undefined => {
  const { cioanalytics, Gist } = pageWindow() as unknown as { cioanalytics?: Given; Gist?: Given }
  const { analytics, gist = Gist } = given as Given
  for (const sdk of [given, analytics, gist]) {
    // A stub has been replaced on the page, or will be.
    const found = (sdk === 'auto' || Array.isArray(sdk) ? cioanalytics : sdk) as Given | undefined
    const loaded = found?.instance ?? found
    try {
      const inbox = loaded?.inbox?.(topic)
      if (inbox) return inbox
    } catch {
      // Its in-app plugin has not loaded yet.
    }
    if (loaded?.getInboxMessages && loaded.initialized) return gistInbox(loaded, topic)
  }
}
