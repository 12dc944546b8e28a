import type { CioAnonymous, CioPerson, FsUser, SessionView } from '@retention-bridge/sandbox'
import type { Views } from './sandbox-api.ts'

/** Whom to show: the visitor who is in the shop now, or a person by the shared ID. */
export type Choice = { kind: 'visitor'; reported: Reported | null } | { kind: 'person'; id: string }

/** What the bridge says of the visitor. */
export interface Reported {
  id: string | null
  /** In Customer.io. */
  anonymousId?: string | null
  /** In FullStory. */
  sessionUrl?: string | null
}

/** The same visitor, as each vendor has them on record; `null` where a vendor has nothing. */
export interface Subject {
  customerio: CustomerIoRecord | null
  fullstory: FullStoryRecord | null
}

export interface CustomerIoRecord {
  id: string | null
  person: CioPerson | null
  anonymousIds: string[]
  activity: Pick<CioPerson, 'events' | 'pages'>
}

export interface FullStoryRecord {
  uid: string | null
  user: FsUser
  sessions: SessionView[]
}

export function findSubject(views: Views, choice: Choice): Subject {
  if (choice.kind === 'person') {
    return { customerio: personOf(views, choice.id), fullstory: userOf(views, choice.id) }
  }
  return {
    customerio: visitorInCustomerIo(views, choice.reported),
    fullstory: visitorInFullStory(views, choice.reported),
  }
}

/** Every shared ID that either vendor has heard of. */
export function knownIds({ customerio, fullstory }: Views): string[] {
  const ids = [...customerio.people.map(person => person.id), ...fullstory.users.map(user => user.uid)]
  return [...new Set(ids)].filter(id => id !== null).sort()
}

function visitorInCustomerIo(views: Views, reported: Reported | null): CustomerIoRecord | null {
  const { people, anonymous, calls } = views.customerio
  if (reported?.id) return personOf(views, reported.id)
  const anonymousId = reported?.anonymousId
  const latest = calls.at(-1)
  if (!anonymousId && latest?.userId) return personOf(views, latest.userId)
  const wanted = anonymousId ?? latest?.anonymousId
  const visitor = anonymous.find(known => known.anonymousId === wanted)
  if (visitor) return anonymousRecord(visitor)
  const owner = people.find(person => wanted && person.anonymousIds.includes(wanted))
  return owner ? personRecord(owner) : null
}

function visitorInFullStory(views: Views, reported: Reported | null): FullStoryRecord | null {
  const { sessions } = views.fullstory
  // The session that is being recorded, whoever the shop believes it belongs to.
  const current = sessions.find(session => reported?.sessionUrl?.startsWith(session.url))
  if (current) return recordOf(views, current.userId)
  const known = reported?.id ? userOf(views, reported.id) : null
  if (known) return known
  const [latest] = [...sessions].sort(byLatest)
  return latest ? recordOf(views, latest.userId) : null
}

function personOf({ customerio }: Views, id: string): CustomerIoRecord | null {
  const person = customerio.people.find(known => known.id === id)
  return person ? personRecord(person) : null
}

function personRecord(person: CioPerson): CustomerIoRecord {
  return { id: person.id, person, anonymousIds: person.anonymousIds, activity: person }
}

function anonymousRecord(visitor: CioAnonymous): CustomerIoRecord {
  return { id: null, person: null, anonymousIds: [visitor.anonymousId], activity: visitor }
}

function userOf(views: Views, uid: string): FullStoryRecord | null {
  const user = views.fullstory.users.find(known => known.uid === uid)
  return user ? recordOf(views, user.id) : null
}

function recordOf({ fullstory }: Views, userId: string): FullStoryRecord | null {
  const user = fullstory.users.find(known => known.id === userId)
  if (!user) return null
  const sessions = fullstory.sessions.filter(session => session.userId === userId).sort(byLatest)
  return { uid: user.uid, user, sessions }
}

function byLatest(a: SessionView, b: SessionView): number {
  return latestMoment(b) - latestMoment(a)
}

function latestMoment({ startedAt, pages, events }: SessionView): number {
  return Math.max(startedAt, pages.at(-1)?.startedAt ?? 0, events.at(-1)?.at ?? 0)
}
