import type { CioEvent } from '../../../sandbox/src/customerio/view.ts'
import type { FsEvent } from '../../../sandbox/src/fullstory/view.ts'
import type { CustomerIoDouble } from '../customerio/double.ts'
import type { FullStoryDouble } from '../fullstory/double.ts'
import { matches, show } from './compare.ts'

/** Either double. */
export type AnyDouble = FullStoryDouble | CustomerIoDouble

/** A recorded event, and whom it belongs to now: their id, a guest's address, `null` for an anonymous visitor. */
export type Said = (FsEvent | CioEvent) & { person: string | null }

export const isFullStory = (double: AnyDouble): double is FullStoryDouble => 'sessions' in double

export const nameOf = (double: AnyDouble): string => (isFullStory(double) ? 'FullStory' : 'Customer.io')

export const eventsOf = (double: AnyDouble): Said[] =>
  isFullStory(double)
    ? double.sessions.flatMap(({ uid, events }) => events.map(event => ({ ...event, person: uid })))
    : [
        ...double.people.flatMap(({ id, email, events }) =>
          events.map(event => ({ ...event, person: id ?? email })),
        ),
        ...double.anonymous.flatMap(({ events }) => events.map(event => ({ ...event, person: null }))),
      ]

const of = (person: string | null | undefined) =>
  person === undefined ? '' : person === null ? ' of an anonymous visitor' : ` of "${person}"`

/** The event that was asked for, or what there is instead. */
export const findEvent = (
  double: AnyDouble,
  name: string,
  properties: object = {},
  person?: string | null,
): Said | string => {
  const all = eventsOf(double)
  const named = all.filter(event => event.name === name)
  const found = named.find(
    event => matches(event.properties, properties) && (person === undefined || event.person === person),
  )
  if (found) return found
  const there = named.length
    ? named.map(event => `  + ${name} ${show(event.properties)}${of(event.person)}`)
    : [`  + ${all.map(event => event.name).join(', ') || 'no events at all'}`]
  return [
    `${nameOf(double)} has no such event`,
    `  - ${name} ${show(properties)}${of(person)}`,
    ...there,
    ...(double.busy ? ['Something is on its way: await settled(…) first.'] : []),
  ].join('\n')
}

/** What is wrong with a user property of somebody, of the running session's person by default. */
export const otherFlag = (
  fullstory: FullStoryDouble,
  name: string,
  value: unknown,
  person?: string,
): string | undefined => {
  const whose = person === undefined ? fullstory.person : fullstory.people.find(({ uid }) => uid === person)
  const got = whose?.properties[name]
  if (got && matches(got.value, value)) return undefined
  const others = Object.entries(whose?.properties ?? {}).map(
    ([other, property]) => `    ${other} = ${show(property.value)} (${property.type})`,
  )
  return [
    `FullStory does not have that user property${of(person ?? whose?.uid ?? null)}`,
    `  - ${name} = ${show(value)}`,
    ...(got
      ? [`  + ${name} = ${show(got.value)} (${got.type})`]
      : [`  + ${whose ? 'not set; there is:' : 'nobody of that uid'}`, ...others]),
    ...(fullstory.busy ? ['Something is on its way: await settled(…) first.'] : []),
  ].join('\n')
}

/** Rules that were broken; `undefined` when none was. */
export const brokenRules = (doubles: readonly AnyDouble[]): string | undefined => {
  const broken = doubles.flatMap(double =>
    [...double.violations].map(({ rule, what, fix, source }) => [
      `  + ${nameOf(double)}: ${what} (${rule})`,
      `    ${fix} ${source}`,
    ]),
  )
  if (!broken[0]) return undefined
  return [
    `${broken.length} ${broken.length === 1 ? 'rule was' : 'rules were'} broken`,
    ...broken.flat(),
  ].join('\n')
}
