import type { FullStoryDouble } from '../fullstory/double.ts'
import { known, otherIdentity } from './identity.ts'
import { leaked, type Person } from './no-leak.ts'
import type { TestPage } from './page.ts'
import { type AnyDouble, brokenRules, findEvent, otherFlag } from './said.ts'

/** What a matcher of vitest and jest returns. */
interface Result {
  pass: boolean
  message: () => string
}

const result = (problem: string | undefined, otherwise: string): Result => ({
  pass: problem === undefined,
  message: () => problem ?? otherwise,
})

/**
 * The expectations as matchers: `expect.extend(matchers)`, in vitest and jest. {@link RetentionMatchers} are their types.
 *
 * @example expect({ bridge, fullstory, customerio }).toHaveOneIdentity('cust_1')
 */
export const matchers = {
  toHaveOneIdentity: (page: TestPage, id: string): Result =>
    result(otherIdentity(page, id), `The visitor is "${id}" to everybody`),
  toBeAnonymous: (page: TestPage): Result => result(known(page), 'The visitor is anonymous to everybody'),
  toHaveFlag: (fullstory: FullStoryDouble, name: string, value: unknown, person?: string): Result =>
    result(otherFlag(fullstory, name, value, person), `FullStory has that user property, ${name}`),
  toHaveEvent: (double: AnyDouble, name: string, properties?: object, person?: string | null): Result => {
    const found = findEvent(double, name, properties, person)
    return result(typeof found === 'string' ? found : undefined, `There is such an event, ${name}`)
  },
  toHaveNoViolations: (double: AnyDouble): Result => result(brokenRules([double]), 'No rule was broken'),
  toHaveNoLeak: (page: TestPage, from: Person, to: Person): Result =>
    result(leaked(page, from, to), `Nothing of "${from.id}" has come to "${to.id}"`),
}

/**
 * The types of {@link matchers}, for the module of your test runner:
 *
 * @example
 * declare module 'vitest' {
 *   interface Matchers<T = any> extends RetentionMatchers<T> {}
 * }
 */
export interface RetentionMatchers<Returned = unknown> {
  /** As `expectOneIdentity`, of `{ bridge, fullstory, customerio }`. */
  toHaveOneIdentity(id: string): Returned
  /** As `expectAnonymous`, of `{ bridge, fullstory, customerio }`. */
  toBeAnonymous(): Returned
  /** As `expectFlag`, of a FullStory double. */
  toHaveFlag(name: string, value: unknown, person?: string): Returned
  /** As `expectEvent`, of a double. */
  toHaveEvent(name: string, properties?: object, person?: string | null): Returned
  /** As `expectNoViolations`, of a double. */
  toHaveNoViolations(): Returned
  /** As `expectNoLeak`, of `{ fullstory, customerio }`. */
  toHaveNoLeak(from: Person, to: Person): Returned
}
