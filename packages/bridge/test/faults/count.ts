import type { Workspace } from '@retention-bridge/sandbox'
import { EVENTS_AFTER, EVENTS_OF_A, FLAGS, ID, PAGE_VIEWS, TRAITS, UNDECLARED } from './session.ts'

/** What a fault has cost, counted from what the vendors hold against what was said. */
export interface Counts {
  /** Of 10 events, 2 page views, and who has logged in, with 2 traits. */
  lostAtCustomerio: number
  /** Of 10 events. */
  lostAtFullstory: number
  /** Of 4 flags: not there, or not with the value that was set last. */
  flagsLost: number
  /** Events, page views and identifications that are there twice. */
  doubled: number
  /** Events and flags of one person that another one has. */
  atWrongPerson: number
  /** Events of before the login that did not become the person's. */
  notJoined: number
  /** Undeclared values that a vendor was sent. */
  leaked: number
  /** Documented rules of the vendors that were broken. */
  violations: number
}

/** What the vendors hold, and all that was sent to them, as text by vendor. */
export interface Evidence {
  store: Workspace
  sent: Record<'customerio' | 'fullstory', string>
}

interface Seen {
  name: string
  person: string | null
  /** Who it is while nobody knows: an anonymous id, or FullStory's user. */
  browser: string | null
}

const ALL_EVENTS = [...EVENTS_OF_A, ...EVENTS_AFTER]

export const count = ({ store, sent }: Evidence): Counts => {
  const customerio = store.customerio.view()
  const fullstory = store.fullstory.view()
  const atCustomerio = [...seenByCustomerio(customerio, 'events'), ...seenByCustomerio(customerio, 'pages')]
  const atFullstory = fullstory.sessions.flatMap(({ uid, userId, events }) =>
    events.map(({ name }): Seen => ({ name, person: uid, browser: userId })),
  )
  const flags = flagsOf(fullstory)
  const person = customerio.people.find(({ id }) => id === ID)
  return {
    lostAtCustomerio:
      missing(atCustomerio, [...ALL_EVENTS, ...PAGE_VIEWS]) +
      (Object.entries(TRAITS).every(([name, value]) => person?.attributes[name]?.value === value) ? 0 : 1),
    lostAtFullstory: missing(atFullstory, ALL_EVENTS),
    flagsLost: Object.entries(FLAGS).filter(([name, value]) => flags.ofA[name] !== value).length,
    doubled:
      twice(atCustomerio) +
      twice(atFullstory) +
      Math.max(0, (person?.identifyCalls ?? 0) - 1) +
      // The vendor asks for it once on every page, and there are two.
      fullstory.sessions.reduce((sum, { identifyCalls }) => sum + Math.max(0, identifyCalls - 2), 0),
    atWrongPerson: strangers(atCustomerio) + strangers(atFullstory) + flags.ofOthers,
    notJoined: unclaimed(atCustomerio) + unclaimed(atFullstory),
    leaked: leaks(sent),
    violations: customerio.violations.length + fullstory.violations.length,
  }
}

const seenByCustomerio = (
  { people, anonymous }: ReturnType<Workspace['customerio']['view']>,
  kind: 'events' | 'pages',
): Seen[] => [
  ...people.flatMap(person =>
    person[kind].map(({ name, anonymousId }) => ({ name, person: person.id, browser: anonymousId })),
  ),
  ...anonymous.flatMap(visitor =>
    visitor[kind].map(({ name }) => ({ name, person: null, browser: visitor.anonymousId })),
  ),
]

const flagsOf = ({ users }: ReturnType<Workspace['fullstory']['view']>) => {
  const values = (uid: string | null) =>
    users
      .filter(user => user.uid === uid)
      .map(({ properties }) =>
        Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value])),
      )
  const ofOthers = users.filter(({ uid, mergedInto }) => uid !== ID && !mergedInto)
  const wrong = ofOthers.flatMap(({ properties }) => Object.keys(properties))
  return { ofA: values(ID)[0] ?? {}, ofOthers: wrong.filter(name => name in FLAGS).length }
}

const missing = (seen: readonly Seen[], said: readonly string[]) =>
  said.filter(name => !seen.some(event => event.name === name)).length

const twice = (seen: readonly Seen[]) => {
  const known = seen.filter(({ name }) => ALL_EVENTS.includes(name) || PAGE_VIEWS.includes(name))
  return known.length - new Set(known.map(({ name }) => name)).size
}

/** Said by one and held for another: of A for somebody else, or of whoever came after for A. */
const strangers = (seen: readonly Seen[]) => {
  const after = seen.filter(({ name }) => EVENTS_AFTER.includes(name))
  const browsersAfter = after.map(({ browser }) => browser)
  const ofA = seen.filter(({ name }) => EVENTS_OF_A.includes(name) || PAGE_VIEWS.includes(name))
  return [
    ...after.filter(({ person }) => person !== null),
    ...ofA.filter(({ person, browser }) =>
      person === null ? browsersAfter.includes(browser) : person !== ID,
    ),
  ].length
}

const unclaimed = (seen: readonly Seen[]) =>
  seen.filter(
    ({ name, person }) => person === null && (EVENTS_OF_A.includes(name) || PAGE_VIEWS.includes(name)),
  ).length

const leaks = ({ customerio, fullstory }: Evidence['sent']) =>
  Object.values(UNDECLARED).filter(value => `${customerio}${fullstory}`.includes(value)).length +
  Object.values(TRAITS).filter(value => fullstory.includes(`"${value}"`)).length
