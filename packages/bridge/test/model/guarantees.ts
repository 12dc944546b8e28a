import type { OpenPage } from './open-page.ts'
import type { Reference } from './reference.ts'
import { addressOf } from './steps.ts'
import type { World } from './world.ts'

/** A guarantee does not hold. */
export class Broken extends Error {
  constructor(guarantee: string, detail: string) {
    super(`${guarantee}: ${detail}`)
  }
}

interface Claim {
  tab: number
  bridge?: string | null
  customerio?: string | null
  fullstory?: string | null
}

const heard = (world: World): OpenPage[] => world.pages.filter(({ isHeard }) => isHeard)

/** ONE-ID: what the SDKs and the servers hold, asked before the bridge, which may repair when it is asked. */
export const checkOneId = (world: World): void => {
  const pages = heard(world)
  const { sessions } = world.network.fullstory.view()
  const uids = new Map(sessions.map(({ id, uid }) => [id, uid]))
  const claims = pages.map(({ page }, tab): Claim => {
    const { sessionId } = page
    return {
      tab,
      ...(sessionId === undefined ? {} : { fullstory: uids.get(sessionId) ?? null }),
      ...(page.sdk ? { customerio: page.sdk.user().id() ?? null } : {}),
    }
  })
  for (const [tab, { page }] of pages.entries())
    Object.assign(claims[tab] ?? {}, { bridge: page.bridge.status().identity.id })
  const ids = new Set(claims.flatMap(({ tab: _tab, ...held }) => Object.values(held)))
  if (ids.size > 1) throw new Broken('ONE-ID', JSON.stringify(claims))
  for (const id of ids)
    if (
      !world.reference.observe(
        id,
        pages.some(({ page }) => page.sdk),
      )
    ) {
      const possible = world.reference.current.map(epoch => epoch.id ?? epoch.guest)
      throw new Broken('ONE-ID', `all say ${id}, it must be one of ${JSON.stringify(possible)}`)
    }
}

/** NO-LEAK: everything that a vendor holds is about the person it holds it for. */
export const checkNoLeak = (world: World): void => {
  const { reference, network } = world
  const check = (vendor: string, token: unknown, names: (string | null)[]) => {
    if (typeof token !== 'string' || reference.mayBeOn(token, names)) return
    const about = reference.tokens.get(token)?.about.map(epoch => [...epoch.names].join('/') || 'nobody')
    throw new Broken('NO-LEAK', `${token}, said about ${about}, is on ${names} at ${vendor}`)
  }
  const { people, calls } = network.customerio.view()
  for (const { id, email, events, attributes } of people) {
    for (const { properties } of events) check('Customer.io', properties.token, [id, email])
    checkPlan(reference, attributes.plan?.value, [id, email])
  }
  // Attributes that were overwritten since.
  for (const { type, userId, data } of calls) {
    if (type !== 'identify' || userId === null) continue
    const person = people.find(({ id, email }) => id === userId || email === userId)
    checkPlan(reference, data.plan, [userId, person?.email ?? null])
  }
  const { users } = network.fullstory.view()
  const byId = new Map(users.map(user => [user.id, user]))
  const checkFullStory = (token: unknown, uid: string | null) => {
    if (typeof token !== 'string' || uid === null) return
    if (reference.isSeparable(token)) check('FullStory', token, [uid])
  }
  for (const message of network.recorded) {
    const user = byId.get(message.user)
    const uid = (user?.mergedInto ? byId.get(user.mergedInto) : user)?.uid ?? null
    if ('bag' in message) checkFullStory(message.bag.properties.token ?? message.bag.properties.note, uid)
  }
}

const checkPlan = (reference: Reference, plan: unknown, names: (string | null)[]): void => {
  if (typeof plan !== 'string' || reference.mayBelongTo(plan.replace(/ \d$/, ''), names)) return
  throw new Broken('NO-LEAK', `the trait ${plan} is on ${names} at Customer.io`)
}

/** ONCE: nobody is told what they know. */
export const checkOnce = (world: World): void => {
  const { reference, network } = world
  const told = network.customerio.view().calls.filter(({ type }) => type === 'identify')
  // Tabs with a process of their own may both tell it before they hear of each other.
  if (told.length > reference.changes * (world.sequence.oneProcess ? 1 : 2))
    throw new Broken('ONCE', `${told.length} identify calls at Customer.io for ${reference.changes} changes`)
  const seen = new Map<string, number>()
  for (const message of network.recorded) {
    if (message.kind !== 'identify') continue
    const key = `${message.stream} ${message.user} ${message.uid}`
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    // After a pause of consent nobody can be sure what the page has said to FullStory in between.
    if (times > 1 + reference.resumptions)
      throw new Broken('ONCE', `a page told FullStory ${times} times that it is ${message.uid}`)
  }
}

/** Neither vendor had to refuse anything, and no page saw an error. */
export const checkClean = (world: World): void => {
  const { reference, network, errors } = world
  const violations = [...network.customerio.violations, ...network.fullstory.violations].filter(
    ({ rule, detail }) =>
      // One address for two ids: the sequence says so, and what becomes of it is Customer.io's affair.
      rule !== 'email_taken' &&
      !(rule === 'anonymous_id_reused' && (reference.isGuestLost || isOnePerson(detail))),
  )
  if (violations[0]) throw new Broken('violation', JSON.stringify(violations))
  if (errors[0]) throw new Broken('HARMLESS', String((errors[0] as Error)?.stack ?? errors[0]))
}

/** `a@x.co was …` and is now A: the guest and the customer with that address. */
const isOnePerson = (detail: string): boolean => {
  const [, before = '', after = ''] = detail.match(/ was (\S+) and is now (\S+)$/) ?? []
  return addressOf(before) === after || addressOf(after) === before
}
