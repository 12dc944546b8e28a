import type { UnknownRecord } from '../../record.ts'
import type { Timers } from '../../timers.ts'
import type { CustomerIoCollector } from '../collector.ts'
import type { Analytics } from './analytics.ts'
import type { TextStorage } from './user.ts'

/** A message as the SDK presents it; see `InboxMessage` of the SDK. */
export interface InboxMessage {
  readonly messageId: string
  readonly opened: boolean
  readonly properties: UnknownRecord
  readonly sentAt: Date
  readonly expiresAt?: Date
  readonly type: string
  readonly topics: string[]
  /** Counts a click on it, as an event. */
  trackClick(response?: string): void
  markOpened(): Promise<void>
  markUnopened(): Promise<void>
  markDeleted(): Promise<void>
}

/** The inbox of some topics; see `InboxAPI` of the SDK. */
export interface Inbox {
  total(): Promise<number>
  totalUnopened(): Promise<number>
  /** The newest first. */
  messages(): Promise<InboxMessage[]>
  /** Calls `listener` when they have changed. Returns what ends it. */
  onUpdates(listener: (messages: InboxMessage[]) => void): () => void
}

/** A message as the server has it. */
interface Received {
  queueId: string
  deliveryId: string
  topics: string[]
  type: string
  properties: UnknownRecord
  sentAt: string
  expiry?: string
  opened: boolean
}

const TOKEN_KEY = 'gist.web.userToken'
const YEAR_MS = 365 * 24 * 3600_000
/** Of topics that are Customer.io's own. */
const OWN_TOPIC = '_cio'

const isOwn = (topic: string) => topic.startsWith(OWN_TOPIC)

/** Customer.io's own are left out unless they are asked for; messages without a topic are in the inbox of all. */
function isIn(topics: readonly string[], message: Received): boolean {
  const has = message.topics
  if (topics.length === 0) return !has.some(isOwn)
  return has.some(topic => topics.includes(topic)) && (topics.some(isOwn) || !has.some(isOwn))
}

/**
 * The inbox of the SDK's in-app plugin (`src/plugins/in-app-plugin`), whose owner is named by a user token: the id of
 * whoever was identified last, left in `localStorage` as `customerio-gist-web` does.
 */
export class InAppInbox {
  private token: string | null = null
  private disconnect = () => {}
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly sdk: Analytics,
    private readonly collector: CustomerIoCollector,
    private readonly storage: () => TextStorage | undefined,
    private readonly timers: Timers,
  ) {
    sdk.on('reset', () => this.belongTo(null))
    sdk.beforeSending = ({ type }) => {
      if (type === 'identify') this.belongTo(sdk.user().id() || null)
    }
    this.belongTo(sdk.user().id() || null)
  }

  of(topics: readonly string[]): Inbox {
    const received = () => this.received().filter(message => isIn(topics, message))
    const messages = () => received().map(message => this.present(message))
    return {
      total: async () => received().length,
      totalUnopened: async () => received().filter(({ opened }) => !opened).length,
      messages: async () => messages(),
      onUpdates: listener => {
        const tell = () => listener(messages())
        this.listeners.add(tell)
        return () => void this.listeners.delete(tell)
      },
    }
  }

  private belongTo(token: string | null): void {
    this.remember(token)
    if (token === this.token) return
    this.token = token
    this.disconnect()
    this.disconnect = token ? this.collector.connect(token, this.changed) : () => {}
    this.changed()
  }

  private remember(token: string | null): void {
    try {
      const expiry = new Date(Date.now() + YEAR_MS)
      if (token) this.storage()?.setItem(TOKEN_KEY, JSON.stringify({ value: token, expiry }))
      else this.storage()?.removeItem(TOKEN_KEY)
    } catch {
      // Storage is denied: the token is in memory only.
    }
  }

  private received(): Received[] {
    if (!this.token) return []
    const { inboxMessages } = this.collector.queueOf(this.token)
    return (inboxMessages as Received[]).sort(
      (one, other) => Date.parse(other.sentAt) - Date.parse(one.sentAt),
    )
  }

  /** The server has told of it, as soon as it can. */
  private readonly changed = (): void => {
    this.timers.later(0, () => {
      for (const tell of [...this.listeners]) tell()
    })
  }

  private present({ queueId, deliveryId, sentAt, expiry, ...message }: Received): InboxMessage {
    const change = async (act: (token: string) => unknown) => {
      if (this.token) act(this.token)
      this.changed()
    }
    const report = (more: UnknownRecord) =>
      void this.sdk.track('Report Delivery Event', { deliveryId, ...more })
    const open = (opened: boolean) =>
      change(token => {
        if (!this.collector.updateMessage(token, queueId, { opened }))
          throw new Error('Failed to mark inbox message opened: 404')
        if (opened) report({ metric: 'opened' })
      })
    const { type, topics, opened, properties } = message
    return {
      messageId: queueId,
      type,
      topics,
      opened,
      properties,
      sentAt: new Date(sentAt),
      expiresAt: expiry === undefined ? undefined : new Date(expiry),
      trackClick: response => report({ metric: 'clicked', actionName: response }),
      markOpened: () => open(true),
      markUnopened: () => open(false),
      markDeleted: () => change(token => this.collector.finishMessage(token, queueId)),
    }
  }
}
