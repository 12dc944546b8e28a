import type {
  CioAnonymous,
  CioEvent,
  CioPerson,
  CioViolation,
  FsUser,
  FullStoryViolation,
  SessionView,
} from '@retention-bridge/sandbox'
import { END, type Summary } from './sequence.ts'

/** What both vendors hold, wherever it was asked for. */
export interface Views {
  users: FsUser[]
  sessions: SessionView[]
  people: CioPerson[]
  anonymous: CioAnonymous[]
  violations: Pick<FullStoryViolation | CioViolation, 'rule' | 'detail'>[]
}

/** The same for all pages: each id by the order in which it turns up, no times, no addresses. */
export const comparable = ({ users, sessions, people, anonymous, violations }: Views) => {
  const labels = new Map<string, string>()
  const label = (kind: string, id: string | null | undefined) => {
    if (id === null || id === undefined) return id
    if (!labels.has(id)) labels.set(id, `${kind} ${labels.size + 1}`)
    return labels.get(id)
  }
  const relabeled = (text: string) =>
    [...labels].reduce((changed, [id, name]) => changed.replaceAll(id, name), text)
  const cioEvents = (events: CioEvent[]) =>
    events.map(({ at, anonymousId, properties, ...event }) => ({
      ...event,
      anonymousId: label('anonymous id', anonymousId),
      properties:
        'deliveryId' in properties ? { ...properties, deliveryId: typeof properties.deliveryId } : properties,
    }))
  const ofPage = ({ properties, ...page }: CioEvent) => ({
    ...page,
    name: page.name.startsWith('http') ? 'address' : page.name,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        /^(path|referrer|search|title|url)$/.test(name) && !/^given/.test(String(value))
          ? typeof value
          : value,
      ]),
    ),
  })
  // Requests of one page overtake each other: who was there first is not known.
  const sorted = [...people].sort((one, other) => String(one.id).localeCompare(String(other.id)))
  const views = {
    sessions: sessions.map(({ id, url, userId, startedAt, endedAt, pages, events, ...session }) => ({
      ...session,
      id: label('session', id),
      user: label('user', userId),
      isOver: endedAt !== null,
      pages: pages.map(({ properties }) => properties),
      events: events.map(({ at, ...event }) => event),
    })),
    users: users
      .filter(({ mergedInto }) => !mergedInto)
      .map(({ id, properties, ...user }) => ({
        ...user,
        id: label('user', id),
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, { value, type }]) => [name, { value, type }]),
        ),
      })),
    people: sorted.map(({ anonymousIds, attributes, cioId, events, pages, ...person }) => ({
      ...person,
      cioId: label('person', cioId),
      anonymousIds: anonymousIds.map(id => label('anonymous id', id)),
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
      events: cioEvents(events),
      pages: cioEvents(pages.map(ofPage as never)),
    })),
    anonymous: anonymous.map(({ anonymousId, events, pages }) => ({
      anonymousId: label('anonymous id', anonymousId),
      events: cioEvents(events),
      pages: cioEvents(pages.map(ofPage as never)),
    })),
  }
  return {
    ...views,
    violations: violations.map(({ rule, detail }) => ({ rule, detail: relabeled(detail) })),
  }
}

const names = (events: { name: string }[]) => events.map(({ name }) => name).filter(name => name !== END)

export const summary = (views: Views): Summary => {
  const { sessions, users, people, anonymous, violations } = comparable(views)
  const said = ({ events, pages }: { events: { name: string }[]; pages: { name: string }[] }) => [
    ...names(events),
    ...names(pages).map(name => `[${name}]`),
  ]
  return {
    rules: violations.map(({ rule }) => rule),
    sessions: sessions.map(({ uid, events, endReason }) =>
      endReason === null ? [uid, names(events)] : [uid, names(events), endReason],
    ),
    properties: Object.fromEntries(
      users.map(({ uid, properties, email, displayName }) => [
        uid ?? '',
        {
          ...Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value])),
          ...(email === undefined ? {} : { email }),
          ...(displayName === undefined ? {} : { displayName }),
        },
      ]),
    ),
    people: Object.fromEntries(
      people.map(person => [person.id ?? person.email ?? person.cioId, said(person)]),
    ),
    attributes: Object.fromEntries(
      people.map(({ id, email, cioId, attributes }) => [id ?? email ?? cioId, attributes]),
    ),
    visitors: anonymous.map(said).filter(([first]) => first),
  }
}
