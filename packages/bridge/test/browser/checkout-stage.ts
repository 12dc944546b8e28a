import type { Checkout } from '../../src/checkout/index.ts'
import { names, namesAs, type Stage, type Store } from './stage.ts'

declare global {
  interface Window {
    checkout: Checkout
  }
}

export const checkoutStore = (stage: Stage): Store => {
  const store = stage.store()
  store.fullstory.declare(['checkout_state', 'payment_failed'])
  return store
}

/** The setup of a page with a checkout; `config` is more of the bridge's, `start` what the page calls itself. */
export const checkoutSetup = (
  start = "checkout.started({ total: 129.5, currency: 'USD' })",
  config = '',
  folder = '/dist',
): string => `
  const { initCheckout } = await import('${folder}/checkout/index.js')
  window.bridge = createBridge({ ${config} flags: defineFlags({
    checkout_state: { type: 'enum', values: ['open', 'abandoned', 'completed'] },
    payment_failed: { type: 'bool' },
  }) })
  window.checkout = initCheckout(bridge, { flags: { state: 'checkout_state', failed: 'payment_failed' } })
  ${start}`

/** An event that has the step in its name. */
export const withStep = <Said extends { name: string; properties: Record<string, unknown> }>(
  event: Said,
) => ({
  ...event,
  name: [event.name, event.properties.step].filter(Boolean).join(' '),
})

/** What both vendors hold of everybody, without markers of tests; what may be in any order as `expected`. */
export const held = (store: Store, expected: readonly string[] = []) => {
  const fullstory = store.fullstory.view()
  const customerio = store.customerio.view()
  const live = fullstory.users.filter(user => user.mergedInto === undefined)
  return {
    sessions: fullstory.sessions.map(({ uid, events }) => [uid, names(events)]),
    flags: live.map(({ uid, properties }) => [
      uid,
      properties.checkout_state?.value,
      properties.payment_failed?.value,
    ]),
    people: customerio.people.map(({ id, email, events, identifyCalls }) => ({
      id,
      email,
      identifyCalls,
      events: namesAs(expected, events),
    })),
    anonymous: customerio.anonymous
      .map(({ events }) => namesAs(expected, events))
      .filter(events => events.length),
    violations: [...fullstory.violations, ...customerio.violations],
  }
}
