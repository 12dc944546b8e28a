import { afterEach, beforeEach, expect, it } from 'vitest'
import { initCheckout } from '../../../src/checkout/index.ts'
import type { Bridge } from '../../../src/methods.ts'

interface Entry {
  currentEntry: { key: string }
}
const page = globalThis as unknown as { navigation?: EventTarget & Entry }

let current = 0

/** A bridge that only notes events: what vendors make of them is shown in the browser. */
const bridgeOf = (events: string[]) => {
  const mine = current
  return {
    // Those of earlier tests still listen to the window.
    status: () => ({
      consent: mine === current ? 'granted' : 'denied',
      identity: { state: 'anonymous', id: null },
    }),
    track: (name: string) => events.push(name),
    setFlags: () => {},
  } as unknown as Bridge<Record<string, never>>
}

const turn = (type: 'pagehide' | 'pageshow') =>
  dispatchEvent(Object.assign(new Event(type), { persisted: true }))
const navigate = (sameDocument: boolean) =>
  page.navigation?.dispatchEvent(Object.assign(new Event('navigate'), { destination: { sameDocument } }))

beforeEach(() => {
  current++
  sessionStorage.clear()
  page.navigation = Object.assign(new EventTarget(), { currentEntry: { key: 'first' } })
})
afterEach(() => {
  delete page.navigation
})

it('finds the order that another page placed while this one was in the cache', () => {
  const events: string[] = []
  const checkout = initCheckout(bridgeOf(events))
  checkout.started()
  turn('pagehide')
  // The confirmation is a document of its own in the same tab.
  initCheckout(bridgeOf([])).completed({ orderId: 'A-1', total: 1, currency: 'USD' })
  turn('pageshow')
  checkout.started()
  checkout.completed({ orderId: 'A-1', total: 1, currency: 'USD' })
  turn('pagehide')
  expect(events).toEqual(['checkout_started', 'checkout_abandoned'])
})

it('takes a link for going on, also after coming back from it', () => {
  const events: string[] = []
  initCheckout(bridgeOf(events)).started()
  navigate(true)
  navigate(false)
  turn('pagehide')
  turn('pageshow')
  expect(events).toEqual(['checkout_started'])
  turn('pagehide')
  expect(events).toEqual(['checkout_started', 'checkout_abandoned'])
})

it('does not guess in a browser without the Navigation API', () => {
  delete page.navigation
  const events: string[] = []
  const checkout = initCheckout(bridgeOf(events))
  checkout.started()
  turn('pagehide')
  expect(events).toEqual(['checkout_started'])
  checkout.abandoned()
  checkout.started()
  expect(events.slice(1)).toEqual(['checkout_abandoned', 'checkout_resumed'])
})

it('is one for a bridge, so that it is left once', () => {
  const events: string[] = []
  const bridge = bridgeOf(events)
  expect(initCheckout(bridge)).toBe(initCheckout(bridge))
})
