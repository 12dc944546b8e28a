import type { Advice } from '../advice.ts'
import type { CustomerIoRule } from './view.ts'

const PEOPLE = 'https://docs.customer.io/journeys/identifying-people'
const ANONYMOUS = 'https://docs.customer.io/journeys/merge-anonymous/'
const LIMITS = 'https://docs.customer.io/journeys/invalid-api-requests'

const anId = 'Identify nobody until there is an id.'

export const CUSTOMERIO_ADVICE: Record<CustomerIoRule, Advice> = {
  missing_id: { fix: anId, source: LIMITS },
  empty_id: { fix: anId, source: LIMITS },
  id_too_long: { fix: 'Use an id of at most 150 characters.', source: PEOPLE },
  unknown_cio_id: {
    fix: 'Use an id of your own: one that begins with cio_ is taken for an id that Customer.io has given to somebody.',
    source: PEOPLE,
  },
  anonymous_id_reused: {
    fix: 'Call reset() when one person leaves, before the next is identified: what the first did anonymously is mixed with theirs.',
    source: ANONYMOUS,
  },
  email_taken: { fix: 'Keep one person for each address: it is an identifier, too.', source: PEOPLE },
  too_many_attributes: { fix: 'Send at most 300 attributes.', source: LIMITS },
  attribute_name_too_long: { fix: 'Use names of at most 150 bytes.', source: LIMITS },
  attribute_value_too_large: { fix: 'Send at most 1,000 bytes for each attribute.', source: LIMITS },
  undeclared_attribute: { fix: 'Declare the name, or do not send it.', source: LIMITS },
  event_name_missing: { fix: 'Name the event.', source: LIMITS },
  event_name_too_long: { fix: 'Use names of at most 100 bytes.', source: LIMITS },
  event_data_too_large: { fix: 'Send at most 100,000 bytes with an event.', source: LIMITS },
  undeclared_event: { fix: 'Declare the name, or do not send it.', source: LIMITS },
}
