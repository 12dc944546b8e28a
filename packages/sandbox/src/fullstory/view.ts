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

/**
 * Documented rules of FullStory that are watched; each one is a `rule` of a violation. `leaked_property` is none of
 * FullStory's: what a store did not declare.
 *
 * Names, sizes and types: https://help.fullstory.com/hc/en-us/articles/360020623234-Client-API-Requirements; uids:
 * https://developer.fullstory.com/browser/identification/identify-users/; the rest: `advice.ts` and the observed script.
 */
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

/** A user property as FullStory keeps it. */
export interface FsProperty {
  value: unknown
  /** The one that the org knows the name with. */
  type: PropertyType
  /** Since when, epoch milliseconds. */
  at: number
}

/** Somebody, as FullStory knows them. */
export interface FsUser {
  /** FullStory's own id of the user, as in the `fs_uid` cookie. */
  id: string
  /** Set on one user only for each uid: a merged user has none and names the person in `mergedInto`. */
  uid: string | null
  displayName?: string
  email?: string
  /** All others, by name. */
  properties: Record<string, FsProperty>
  mergedInto?: string
}

/** A recorded event. */
export interface FsEvent {
  name: string
  properties: Record<string, unknown>
  /** By property name; a value inside an object is listed under its dotted path. */
  types: Record<string, string>
  /** Epoch milliseconds. */
  at: number
  /** The uid the user had when the event was recorded. */
  uid: string | null
  /** The integration that named itself. */
  source?: string
}

/** A page of a session. */
export interface PageView {
  id: string
  url: string
  startedAt: number
  properties: Record<string, unknown>
}

/** A session, which is one person's. */
export interface SessionView {
  /** What `FS('getSession', { format: 'id' })` answers. */
  id: string
  url: string
  /** The person the session belongs to now, after merges. */
  userId: string
  uid: string | null
  startedAt: number
  /** `null` while it runs; epoch milliseconds, as all times. */
  endedAt: number | null
  /** As observers of a shutdown hear it: 1 API, 3 idle, 4 another person, 5 refused, 6 too long, 7 the page was left. */
  endReason: number | null
  pages: PageView[]
  events: FsEvent[]
  /** How often a uid was given, the same one too. */
  identifyCalls: number
}

export interface FullStoryView {
  users: FsUser[]
  sessions: SessionView[]
  violations: FullStoryViolation[]
}
