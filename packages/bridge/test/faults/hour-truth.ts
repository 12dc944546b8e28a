import type { Workspace } from '@retention-bridge/sandbox'

/** Somebody without an id until they log in, which makes what they did before theirs; then they stay. */
export interface Visit {
  person: string | null
}

export interface Said {
  name: string
  by: Visit
}

export interface HourCounts {
  said: number
  /** Lost, and somebody has said why: the bridge by `dropped`, the page by what it held, the network by its answer. */
  givenUpAtCustomerio: number
  givenUpAtFullstory: number
  /** Lost, and nobody knows why. */
  lostAtCustomerio: number
  lostAtFullstory: number
  doubled: number
  atWrongPerson: number
  leaked: number
  violations: number
}

/** By vendor: names of events that somebody has given up. */
export type GivenUp = Record<'customerio' | 'fullstory', Set<string>>

interface Held {
  name: string
  person: string | null
}

export const countHour = (
  store: Workspace,
  said: readonly Said[],
  givenUp: GivenUp,
  sent: string,
): HourCounts => {
  const { people, anonymous, violations } = store.customerio.view()
  const atCustomerio: Held[] = [
    ...people.flatMap(({ id, events }) => events.map(({ name }) => ({ name, person: id }))),
    ...anonymous.flatMap(({ events }) => events.map(({ name }) => ({ name, person: null }))),
  ]
  const fullstory = store.fullstory.view()
  const atFullstory: Held[] = fullstory.sessions.flatMap(({ uid, events }) =>
    events.map(({ name }) => ({ name, person: uid })),
  )
  const customerioLost = lost(said, atCustomerio)
  const fullstoryLost = lost(said, atFullstory)
  return {
    said: said.length,
    givenUpAtCustomerio: customerioLost.filter(name => givenUp.customerio.has(name)).length,
    givenUpAtFullstory: fullstoryLost.filter(name => givenUp.fullstory.has(name)).length,
    lostAtCustomerio: customerioLost.filter(name => !givenUp.customerio.has(name)).length,
    lostAtFullstory: fullstoryLost.filter(name => !givenUp.fullstory.has(name)).length,
    doubled: doubled(atCustomerio) + doubled(atFullstory),
    atWrongPerson: strangers(said, atCustomerio) + strangers(said, atFullstory) + wrongFlags(fullstory.users),
    leaked: sent.includes('leak-of-') ? 1 : 0,
    violations: violations.length + fullstory.violations.length,
  }
}

const lost = (said: readonly Said[], held: readonly Held[]) => {
  const there = new Set(held.map(({ name }) => name))
  return said.map(({ name }) => name).filter(name => !there.has(name))
}

const doubled = (held: readonly Held[]) => held.length - new Set(held.map(({ name }) => name)).size

/** Held for a person who is not the one whose visit it was. */
const strangers = (said: readonly Said[], held: readonly Held[]) => {
  const by = new Map(said.map(event => [event.name, event.by.person]))
  return held.filter(({ name, person }) => person !== null && by.has(name) && by.get(name) !== person).length
}

/** The value of this flag names whose it is: `A-12`. */
const wrongFlags = (users: ReturnType<Workspace['fullstory']['view']>['users']) =>
  users.filter(({ uid, mergedInto, properties }) => {
    const value = properties.cart_flow_variant?.value
    const [person] = String(value ?? uid).split('-')
    return !mergedInto && uid !== null && person !== 'nobody' && person !== uid
  }).length
