/** What the stand-in for track.js posts. The vendor's own format is not documented; nobody but the sandbox reads it. */
export interface ClassicMessage {
  type: 'identify' | 'track' | 'page'
  messageId: string
  /** As given to `identify`; null where no id was given, or before that. */
  userId: string | null
  /** Of the anonymous visitor; with `identify`, of the one who is joined to the person. */
  anonymousId: string | null
  /** Name of the event, or address of the page. */
  name: string | null
  /** Attributes without the id, or data of the event or page. */
  data: Record<string, unknown>
  /** Epoch milliseconds; grows with each message of a page. */
  timestamp: number
}
