import { randomId } from '../../random-id.ts'
import { copyOf, isRecord, type UnknownRecord } from '../../record.ts'
import type { CioInboxMessage } from '../view.ts'

export interface NewInboxMessage {
  /** Id, `cio_` id or e-mail address of the person. */
  to: string
  topic?: string
  topics?: string[]
  type?: string
  properties: UnknownRecord
  expiresInMs?: number
  /** @default now */
  sentAt?: Date | string | number
}

/** A message that the page shows: modal, overlay, inline or tooltip. */
export interface NewShownMessage {
  to: string
  /** @default 'message' */
  messageId?: string
  /** What Customer.io keeps under `properties.gist`: `campaignId`, `elementId`, `routeRuleWeb`, … */
  gist?: UnknownRecord
}

export interface ShownMessage {
  queueId: string
  to: string
  messageId: string
  priority: number
  properties: { gist: UnknownRecord }
}

export type InAppEvent = { event: 'inbox_messages'; data: unknown[] } | { event: 'messages'; data: unknown[] }

type InboxRecord = CioInboxMessage & { deliveryId: string }

/** The in-app messages of one workspace, and the pages that wait for more of them. */
export class Mailbox {
  private inbox: InboxRecord[] = []
  private shown: ShownMessage[] = []
  private readonly listeners = new Map<(event: InAppEvent) => void, string>()

  get connections(): number {
    return this.listeners.size
  }

  get messages(): CioInboxMessage[] {
    return this.inbox.map(({ deliveryId, ...message }) => copyOf(message))
  }

  push(to: string, { topic, topics, type = '', properties, expiresInMs, sentAt }: NewInboxMessage): string {
    const sent = sentAt === undefined ? new Date() : new Date(sentAt)
    const queueId = randomId()
    this.inbox.push({
      queueId,
      to,
      topics: topics ?? (topic === undefined ? [] : [topic]),
      type,
      properties: copyOf(properties),
      sentAt: sent.toISOString(),
      expiry: expiresInMs === undefined ? null : new Date(Date.now() + expiresInMs).toISOString(),
      opened: false,
      deleted: false,
      deliveryId: randomId(),
    })
    this.notify(to, { event: 'inbox_messages', data: this.inboxOf(to) })
    return queueId
  }

  show(to: string, { messageId = 'message', gist = {} }: NewShownMessage): string {
    const queueId = randomId()
    this.shown.push({ queueId, to, messageId, priority: this.shown.length + 1, properties: { gist } })
    this.notify(to, { event: 'messages', data: this.shownTo(to) })
    return queueId
  }

  /** As the SDK receives it. */
  inboxOf(to: string): unknown[] {
    return this.inbox
      .filter(message => message.to === to && !message.deleted && !isExpired(message))
      .map(({ to: userToken, deleted, expiry, ...message }) => ({
        ...message,
        userToken,
        messageType: 'inbox',
        priority: 1,
        ...(expiry === null ? {} : { expiry }),
      }))
  }

  shownTo(to: string): unknown[] {
    return this.shown.filter(message => message.to === to).map(({ to: _, ...message }) => message)
  }

  /** False when that person has no such message. */
  update(to: string, queueId: string, fields: unknown): boolean {
    const message = this.inbox.find(candidate => candidate.to === to && candidate.queueId === queueId)
    if (!message || message.deleted) return false
    if (isRecord(fields) && typeof fields.opened === 'boolean') message.opened = fields.opened
    return true
  }

  /** Seen, dismissed or deleted: the SDK tells one way for all of them. */
  finish(to: string, queueId: string): boolean {
    const message = this.inbox.find(candidate => candidate.to === to && candidate.queueId === queueId)
    if (message) message.deleted = true
    const before = this.shown.length
    this.shown = this.shown.filter(candidate => candidate.to !== to || candidate.queueId !== queueId)
    return message !== undefined || this.shown.length < before
  }

  listen(to: string, listener: (event: InAppEvent) => void): () => void {
    this.listeners.set(listener, to)
    return () => this.listeners.delete(listener)
  }

  clear(): void {
    const owners = new Set([...this.inbox, ...this.shown].map(({ to }) => to))
    this.inbox = []
    this.shown = []
    for (const to of owners) this.notify(to, { event: 'inbox_messages', data: [] })
  }

  private notify(to: string, event: InAppEvent): void {
    for (const [listener, owner] of this.listeners) if (owner === to) listener(event)
  }
}

function isExpired({ expiry }: CioInboxMessage): boolean {
  return expiry !== null && Date.parse(expiry) <= Date.now()
}
