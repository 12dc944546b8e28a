import type { Advice } from '../advice.ts'
import type { FullStoryRule } from './view.ts'

const REQUIREMENTS = 'https://help.fullstory.com/hc/en-us/articles/360020623234-Client-API-Requirements'
const DEVELOPER = 'https://developer.fullstory.com/browser'
const IDENTIFY = `${DEVELOPER}/identification/identify-users/`
const USER = `${DEVELOPER}/identification/set-user-properties/`
const EVENTS = `${DEVELOPER}/capture-events/analytics-events/`
const CUSTOM = `${DEVELOPER}/custom-properties/`

const fewerUserCalls =
  'Set several properties with one call, and none again that has not changed: 30 calls a minute and 10 a second, setIdentity among them.'
const fewerEvents = 'Track fewer events: 60 a minute and 40 a second.'

export const FULLSTORY_ADVICE: Record<FullStoryRule, Advice> = {
  illegal_name: { fix: 'Use letters, digits and _, a letter first.', source: REQUIREMENTS },
  name_too_long: { fix: 'Use at most 512 characters.', source: REQUIREMENTS },
  event_name_length: { fix: 'Name the event, with a text of 1 to 250 characters.', source: REQUIREMENTS },
  value_too_large: { fix: 'Send at most 8,192 bytes for each value.', source: REQUIREMENTS },
  payload_too_large: { fix: 'Send at most 512 KB with one call.', source: REQUIREMENTS },
  missing_suffix: {
    fix: 'End names given to the methods of V1 with their type, as in vip_tier_str.',
    source: REQUIREMENTS,
  },
  unknown_type: {
    fix: "Use 'str', 'int', 'real', 'bool', 'date' or their plurals in { schema: { properties: { name: type } } }.",
    source: CUSTOM,
  },
  type_mismatch: { fix: 'Send a value of the type that the schema or the suffix says.', source: CUSTOM },
  type_conflict: { fix: 'Keep to the type that the name was first sent with.', source: CUSTOM },
  too_many_user_properties: { fix: 'Use fewer names: an org has 500 user properties.', source: USER },
  illegal_uid: {
    fix: 'Identify nobody until there is an id: a text or an integer, and no placeholder such as 0, null or undefined.',
    source: IDENTIFY,
  },
  uid_too_long: { fix: 'Use at most 256 characters.', source: IDENTIFY },
  uid_in_properties: { fix: 'Name it otherwise: a user property uid identifies.', source: IDENTIFY },
  uid_conflict: { fix: 'Identify one browser as one person at a time.', source: IDENTIFY },
  leaked_property: { fix: 'Declare the name, or do not send it.', source: USER },
  user_rate_minute: { fix: fewerUserCalls, source: USER },
  user_rate_second: { fix: fewerUserCalls, source: USER },
  event_rate_minute: { fix: fewerEvents, source: EVENTS },
  event_rate_second: { fix: fewerEvents, source: EVENTS },
}
