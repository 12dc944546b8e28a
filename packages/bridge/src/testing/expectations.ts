import type { FullStoryDouble } from '../fullstory/double.ts'
import { known, otherIdentity } from './identity.ts'
import { leaked, type Person } from './no-leak.ts'
import type { TestPage } from './page.ts'
import { type AnyDouble, brokenRules, findEvent, otherFlag, type Said } from './said.ts'

/** Plain errors: any test runner reports them. */
const failIf = (problem: string | undefined): void => {
  if (problem !== undefined) throw new Error(problem)
}

/**
 * The bridge, both SDKs and both vendors have the visitor as this person (ONE-ID). Throws an `Error` that says who has
 * them as whom, and why as far as the doubles know.
 *
 * @param id the shared ID as it was given to `identify`
 *
 * @example expectOneIdentity({ bridge, fullstory, customerio }, 'cust_1')
 */
export const expectOneIdentity = (page: TestPage, id: string): void => failIf(otherIdentity(page, id))

/** Nobody is known: not to the bridge, in which a guest is not anonymous, nor to the SDKs. Throws an `Error` otherwise. */
export const expectAnonymous = (page: TestPage): void => failIf(known(page))

/**
 * FullStory has this value of a flag, or of any user property. Throws an `Error` that lists what it has.
 *
 * @param value what was set; for a date, a `Date` or its ISO text
 * @param person the uid of whom; by default whoever the visitor is
 *
 * @example expectFlag(fullstory, 'vip_tier', 'gold')
 */
export const expectFlag = (fullstory: FullStoryDouble, name: string, value: unknown, person?: string): void =>
  failIf(otherFlag(fullstory, name, value, person))

/**
 * A vendor has recorded an event. Throws an `Error` that lists those it has.
 *
 * @param properties those that matter: the event may have more. Dates and matchers such as `expect.any(String)` may be
 * among them.
 * @param person whose it has to be: an id, a guest's address, `null` for an anonymous visitor; by default anybody's
 * @returns the first such event, with the `person` it belongs to
 *
 * @example expectEvent(customerio, 'checkout_started', { currency: 'USD' }, 'cust_1')
 */
export const expectEvent = (
  double: AnyDouble,
  name: string,
  properties?: object,
  person?: string | null,
): Said => {
  const found = findEvent(double, name, properties, person)
  if (typeof found === 'string') throw new Error(found)
  return found
}

/**
 * No rule of a vendor was broken. Throws an `Error` that names each, what broke it and what to do instead.
 *
 * @example expectNoViolations(fullstory, customerio)
 */
export const expectNoViolations = (...doubles: AnyDouble[]): void => failIf(brokenRules(doubles))

/**
 * Nothing of one person has come to another (NO-LEAK): no value of a trait or flag, no event, no anonymous id. Looked at
 * is what the vendors hold of the first, and what `from` says was said of them, since a leak may have left them with
 * nothing. Let the two have different values; what `to` says is theirs, too, is left out, and so are `null`, `false` and
 * `''`. Throws an `Error` that names what has leaked, and where.
 *
 * @example
 * expectNoLeak({ fullstory, customerio }, { id: 'ada', values: { vip_tier: 'gold' } }, { id: 'bob' })
 */
export const expectNoLeak = (page: TestPage, from: Person, to: Person): void => failIf(leaked(page, from, to))
