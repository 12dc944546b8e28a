// @vitest-environment happy-dom
import {
  createCustomerIo,
  createFullStory,
  expectAnonymous,
  expectEvent,
  expectFlag,
  expectNoLeak,
  expectNoViolations,
  expectOneIdentity,
  settled,
} from 'retention-bridge/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createShop } from '../src/shop.ts'

const ADA = { id: 'cust_1', email: 'ada@example.com', tier: 'gold' } as const
const BOB = { id: 'cust_2', email: 'bob@example.com', tier: 'none' } as const

const openShop = () => {
  const fullstory = createFullStory()
  const customerio = createCustomerIo()
  const shop = createShop({ fullstory, customerio })
  return { shop, bridge: shop.bridge, fullstory, customerio }
}

let page: ReturnType<typeof openShop>
beforeEach(() => {
  page = openShop()
})
afterEach(() => {
  expectNoViolations(page.fullstory, page.customerio)
  // A page has one bridge, and the browser remembers who it was.
  page.bridge.destroy()
  localStorage.clear()
})

test('what somebody did before they signed in is theirs, in both tools', async () => {
  const { shop, fullstory, customerio } = page
  shop.view('teapot')
  await settled(page)
  expectAnonymous(page)
  shop.signIn(ADA)
  shop.declined('card_declined')
  await settled(page)

  expectOneIdentity(page, ADA.id)
  expectFlag(fullstory, 'vip_tier', 'gold')
  for (const tool of [fullstory, customerio]) {
    expectEvent(tool, 'product_viewed', { sku: 'teapot' }, ADA.id)
    expectEvent(tool, 'payment_failed', { code: expect.any(String) }, ADA.id)
  }
  expect(fullstory.sessions).toHaveLength(1)
})

test('the next one at the same computer inherits nothing', async () => {
  const { shop } = page
  shop.signIn(ADA)
  shop.declined('card_declined')
  shop.signOut()
  shop.signIn(BOB)
  await settled(page)

  expectOneIdentity(page, BOB.id)
  const ada = { id: ADA.id, values: { email: ADA.email, vip_tier: 'gold', payment_failed: true } }
  expectNoLeak(page, { ...ada, events: ['payment_failed'] }, { id: BOB.id })
})

test('an ad blocker that has FullStory keeps nothing from Customer.io', async () => {
  page.bridge.destroy()
  const fullstory = createFullStory({ delayStart: true })
  fullstory.block()
  const { customerio } = page
  const shop = createShop({ fullstory, customerio })
  page = { ...page, shop, bridge: shop.bridge, fullstory }
  shop.signIn(ADA)
  shop.view('teapot')
  await settled(page)

  expect(shop.bridge.status().vendors.fullstory.state).toBe('blocked')
  expectEvent(customerio, 'product_viewed', {}, ADA.id)
})
