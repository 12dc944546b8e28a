/**
 * Rules of Customer.io that are watched; each one is a `rule` of a violation. `undeclared_attribute` and
 * `undeclared_event` are none of Customer.io's: what a store did not declare.
 *
 * Sizes and names: https://docs.customer.io/journeys/invalid-api-requests; who is who:
 * https://docs.customer.io/journeys/identifying-people and https://docs.customer.io/journeys/merge-anonymous/.
 */
export type CustomerIoRule =
  | 'missing_id'
  | 'empty_id'
  | 'id_too_long'
  | 'unknown_cio_id'
  | 'anonymous_id_reused'
  | 'email_taken'
  | 'too_many_attributes'
  | 'attribute_name_too_long'
  | 'attribute_value_too_large'
  | 'undeclared_attribute'
  | 'event_name_missing'
  | 'event_name_too_long'
  | 'event_data_too_large'
  | 'undeclared_event'

export interface CioViolation {
  vendor: 'customerio'
  rule: CustomerIoRule
  detail: string
  /** Time of the offending message, epoch milliseconds. */
  at: number
}

export type CioCallType = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias'

/** One message as it was received, whatever became of it. */
export interface CioCall {
  type: CioCallType
  messageId: string | null
  userId: string | null
  anonymousId: string | null
  /** Name of the event, or of the page or screen. */
  name: string | null
  /** Traits of an `identify` or `group`, properties of everything else. */
  data: Record<string, unknown>
  /** Time the message gives itself, epoch milliseconds. */
  at: number
  receivedAt: number
  /** The same messageId came before: the SDK sent it again, and it is not applied again. */
  repeated: boolean
}

/** An event, or a page view, whose name is that of the page or its address. */
export interface CioEvent {
  name: string
  properties: Record<string, unknown>
  /** Epoch milliseconds. */
  at: number
  anonymousId: string | null
  /** As sent; null when it was sent anonymously. */
  userId: string | null
  /** It came to its person through the anonymous id. */
  merged: boolean
}

/** Somebody, as Customer.io knows them. */
export interface CioPerson {
  /** Customer.io's own id of the person; `cio_<cioId>` addresses it. */
  cioId: string
  id: string | null
  email: string | null
  attributes: Record<string, { value: unknown; at: number }>
  /** Of the browsers whose anonymous activity is theirs. */
  anonymousIds: string[]
  events: CioEvent[]
  pages: CioEvent[]
  /** How often they were identified. */
  identifyCalls: number
}

/** An anonymous visitor whose activity belongs to nobody known. */
export interface CioAnonymous {
  anonymousId: string
  events: CioEvent[]
  pages: CioEvent[]
}

export interface CioInboxMessage {
  queueId: string
  /** Id of the person, or the e-mail address of one who is known by that only. */
  to: string
  topics: string[]
  type: string
  properties: Record<string, unknown>
  /** ISO 8601. */
  sentAt: string
  /** ISO 8601. */
  expiry: string | null
  opened: boolean
  deleted: boolean
}

export interface CustomerIoView {
  people: CioPerson[]
  /** Visitors with activity that belongs to nobody. */
  anonymous: CioAnonymous[]
  calls: CioCall[]
  violations: CioViolation[]
  inbox: CioInboxMessage[]
  /** Open server-sent event streams. */
  connections: number
}
