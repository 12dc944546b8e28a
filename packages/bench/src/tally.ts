import type { Workspace } from '@retention-bridge/sandbox'
import { ADA, eventName, ownerOf } from './journey.ts'

/** What became of the events at one vendor. */
export interface EventTally {
  /** Nobody has them. */
  lost: number[]
  /** There more than once. */
  double: number[]
  /** Another person has them. */
  wrongPerson: number[]
  /** Of somebody who is known by now, but held as an unknown visitor's. */
  notJoined: number[]
}

/** Events of a vendor with the id of whose they are there. */
export type Held = { name: string; id: string | null }[]

export const tallyEvents = (count: number, held: Held): EventTally => {
  const tally: EventTally = { lost: [], double: [], wrongPerson: [], notJoined: [] }
  for (let n = 1; n <= count; n++) {
    const found = held.filter(({ name }) => name === eventName(n))
    const expected = ownerOf(n) === 'ada' ? ADA.id : null
    if (!found.length) tally.lost.push(n)
    if (found.length > 1) tally.double.push(n)
    if (found.some(({ id }) => id !== null && id !== expected)) tally.wrongPerson.push(n)
    if (found.some(({ id }) => id === null && expected !== null)) tally.notJoined.push(n)
  }
  return tally
}

export const heldByCustomerio = ({ customerio }: Workspace): Held => {
  const { people, anonymous } = customerio.view()
  return [
    ...people.flatMap(({ id, email, events }) => events.map(({ name }) => ({ name, id: id ?? email }))),
    ...anonymous.flatMap(({ events }) => events.map(({ name }) => ({ name, id: null }))),
  ]
}

/** The person whom FullStory shows a session under now: sessions of before a login belong to who logged in. */
export const heldByFullstory = ({ fullstory }: Workspace): Held =>
  fullstory.view().sessions.flatMap(({ uid, events }) => events.map(({ name }) => ({ name, id: uid })))

/** Rules that were broken, with how often. */
export const brokenRules = ({ fullstory, customerio }: Workspace): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { rule } of [...fullstory.violations, ...customerio.violations])
    counts[rule] = (counts[rule] ?? 0) + 1
  return counts
}
