import { isRecord, type UnknownRecord } from '../../../record.ts'
import type { ClassicMessage } from '../wire.ts'
import { Cookies } from './cookies.ts'
import { withoutLists } from './lists.ts'
import { Outbox } from './outbox.ts'

export interface TrackerOptions {
  /** Where messages are posted. */
  url: string
  /** Lists keep their shape. */
  useArrayParams: boolean
}

/** `window._cio` once track.js has loaded: no array any more, and with `reset`. */
export class Tracker {
  private readonly cookies = new Cookies()
  private readonly outbox: Outbox
  private lastTimestamp = 0

  constructor(private readonly options: TrackerOptions) {
    this.outbox = new Outbox(options.url)
    this.cookies.anonymousId ??= newId()
  }

  /** One call of the stub, as it is kept there. Anything else is ignored. */
  readonly push = (call: unknown): void => {
    if (!Array.isArray(call)) return
    const [method, ...parameters] = call
    const own = (this as unknown as Record<string, unknown>)[String(method)]
    if (typeof own === 'function') own(...parameters)
  }

  /**
   * The visitor is this person from here on, until `reset` or another `identify`; the anonymous id goes with the
   * message, which joins what was done under it. The call must include an `id`; an e-mail address may be one
   * (https://docs.customer.io/integrations/data-in/connections/javascript/legacy-js/identify.md).
   */
  readonly identify = (person?: unknown): void => {
    const { id, ...attributes } = isRecord(person) ? person : {}
    const given = id === undefined || id === null || id === '' ? null : String(id)
    if (given !== null) this.cookies.id = given
    this.send({ type: 'identify', userId: given, name: null, data: this.shaped(attributes) })
  }

  /** Of the person, or anonymous before there is one. */
  readonly track = (name?: unknown, data?: unknown): void => {
    this.send({ type: 'track', userId: this.cookies.id, name: textOrNull(name), data: this.shaped(data) })
  }

  readonly page = (url: unknown = location.href, data?: unknown): void => {
    this.send({ type: 'page', userId: this.cookies.id, name: textOrNull(url), data: this.shaped(data) })
  }

  /**
   * The visitor is anonymous again. That this includes a new anonymous id is taken from Customer.io's rule that one
   * is never used for a second person; the page on `reset` only says "anonymous again".
   */
  readonly reset = (): void => {
    this.cookies.id = null
    this.cookies.anonymousId = newId()
  }

  /** Listeners of in-app messages, of which the stand-in shows none. */
  readonly on = (): void => {}
  readonly off = (): void => {}
  /** In every snippet and in no documentation. */
  readonly load = (): void => {}
  readonly sidentify = (): void => {}

  private shaped(data: unknown): UnknownRecord {
    const given = isRecord(data) ? data : {}
    return this.options.useArrayParams ? given : (withoutLists(given) as UnknownRecord)
  }

  private send(message: Pick<ClassicMessage, 'type' | 'userId' | 'name' | 'data'>): void {
    // Several in a millisecond: the collector orders by time.
    this.lastTimestamp = Math.max(Date.now(), this.lastTimestamp + 1)
    const { anonymousId } = this.cookies
    const complete: ClassicMessage = {
      ...message,
      anonymousId: message.type === 'identify' || message.userId === null ? anonymousId : null,
      messageId: newId(),
      timestamp: this.lastTimestamp,
    }
    this.outbox.post(complete)
  }
}

function newId(): string {
  return crypto.randomUUID()
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value)
}
