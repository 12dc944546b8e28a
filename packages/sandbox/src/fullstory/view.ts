export type PropertyType =
  | 'str'
  | 'int'
  | 'real'
  | 'bool'
  | 'date'
  | 'strs'
  | 'ints'
  | 'reals'
  | 'bools'
  | 'dates'

/** Documented rules of FullStory that the sandbox watches; each one is a `rule` of a violation. */
export type FullStoryRule =
  | 'illegal_name'
  | 'name_too_long'
  | 'event_name_length'
  | 'value_too_large'
  | 'payload_too_large'
  | 'missing_suffix'
  | 'unknown_type'
  | 'type_mismatch'
  | 'type_conflict'
  | 'too_many_user_properties'
  | 'illegal_uid'
  | 'uid_too_long'
  | 'uid_in_properties'
  | 'uid_conflict'
  | 'leaked_property'
  | 'user_rate_minute'
  | 'user_rate_second'
  | 'event_rate_minute'
  | 'event_rate_second'

export interface FullStoryViolation {
  vendor: 'fullstory'
  rule: FullStoryRule
  detail: string
  /** Epoch milliseconds of the page's clock at the moment the call was executed. */
  at: number
}

export interface FsProperty {
  value: unknown
  type: PropertyType
  at: number
}

export interface FsUser {
  /** FullStory's own id of the user, as in the `fs_uid` cookie. */
  id: string
  /** Set on one user only for each uid: a merged user has none and names the person in `mergedInto`. */
  uid: string | null
  displayName?: string
  email?: string
  properties: Record<string, FsProperty>
  mergedInto?: string
}

export interface FsEvent {
  name: string
  properties: Record<string, unknown>
  /** By property name; a value inside an object is listed under its dotted path. */
  types: Record<string, string>
  at: number
  /** The uid the user had when the event was recorded. */
  uid: string | null
  source?: string
}

export interface PageView {
  id: string
  url: string
  startedAt: number
  properties: Record<string, unknown>
}

export interface SessionView {
  /** What `FS('getSession', { format: 'id' })` answers. */
  id: string
  url: string
  /** The person the session belongs to now, after merges. */
  userId: string
  uid: string | null
  startedAt: number
  endedAt: number | null
  endReason: number | null
  pages: PageView[]
  events: FsEvent[]
  identifyCalls: number
}

export interface FullStoryView {
  users: FsUser[]
  sessions: SessionView[]
  violations: FullStoryViolation[]
}
