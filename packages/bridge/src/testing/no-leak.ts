import { matches, show } from './compare.ts'
import type { TestPage } from './page.ts'
import { type AnyDouble, eventsOf, isFullStory, nameOf } from './said.ts'

/** Somebody, and what was said of them. */
export interface Person {
  /** Their id, a guest's address, or `null` for all anonymous visitors. */
  readonly id: string | null
  /** Traits and flags that were said of them, by name. */
  readonly values?: { readonly [name: string]: unknown }
  /** Names of events that were tracked of them. */
  readonly events?: readonly string[]
}

/** What one vendor holds of somebody. */
interface Held {
  values: [name: string, value: unknown][]
  events: { name: string; properties: object }[]
  /** What only one person can have. */
  anonymousIds: string[]
}

const valuesOf = (held: Record<string, { value: unknown }>): Held['values'] =>
  Object.entries(held).map(([name, { value }]) => [name, value])

const heldBy = (double: AnyDouble, id: string | null): Held => {
  const events = eventsOf(double).filter(({ person }) => person === id)
  if (isFullStory(double)) {
    const users = double.people.filter(({ uid }) => uid === id)
    return {
      events,
      values: users.flatMap(({ properties, email, displayName }) => [
        ...valuesOf(properties),
        ...Object.entries({ email, displayName }).filter(([, value]) => value !== undefined),
      ]),
      // A session is never that of two.
      anonymousIds: [],
    }
  }
  const people = double.people.filter(person => (person.id ?? person.email) === id)
  return {
    events,
    values: people.flatMap(({ attributes }) => valuesOf(attributes)),
    anonymousIds:
      id === null
        ? double.anonymous.map(({ anonymousId }) => anonymousId)
        : people.flatMap(({ anonymousIds }) => anonymousIds),
  }
}

/** Taken back, or never anybody's: `false`, `null` and the like tell nothing of a person. */
const tellsNothing = (value: unknown) =>
  value === null || value === false || value === undefined || value === ''

const leaks = (double: AnyDouble, from: Person, to: Person): string[] => {
  const source = heldBy(double, from.id)
  const target = heldBy(double, to.id)
  const said = [...source.values, ...Object.entries(from.values ?? {})].filter(
    ([name, value]) =>
      !tellsNothing(value) && !(to.values && name in to.values && matches(to.values[name], value)),
  )
  const isOfBoth = (name: string) => to.events?.includes(name)
  return [
    ...target.values
      .filter(([name, value]) => said.some(([other, theirs]) => other === name && matches(value, theirs)))
      .map(([name, value]) => `${name} = ${show(value)}`),
    ...target.events
      .filter(
        ({ name, properties }) =>
          !isOfBoth(name) &&
          (from.events?.includes(name) ||
            source.events.some(event => event.name === name && show(event.properties) === show(properties))),
      )
      .map(({ name, properties }) => `event ${name} ${show(properties)}`),
    ...target.anonymousIds.filter(id => source.anonymousIds.includes(id)).map(id => `anonymous id ${id}`),
  ].map(what => `  + ${nameOf(double)}: ${what}`)
}

const title = ({ id }: Person) => (id === null ? 'anonymous visitors' : `"${id}"`)

/** What of one person another one has; `undefined` when there is nothing. */
export const leaked = (page: TestPage, from: Person, to: Person): string | undefined => {
  const doubles = [page.fullstory, page.customerio].filter(double => double !== undefined)
  const found = [...new Set(doubles.flatMap(double => leaks(double, from, to)))]
  return found[0] && [`What is of ${title(from)} has come to ${title(to)}`, ...found].join('\n')
}
