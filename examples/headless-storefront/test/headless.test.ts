import { goInHistory, launchBrowser } from '@retention-bridge/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type HeadlessShop, startHeadlessShop } from '../server/shop.ts'
import { visitHeadlessShop } from './visit.ts'

const ADA = 'cust_1042'

let browser: Browser
let shop: HeadlessShop
let visit: Awaited<ReturnType<typeof visitHeadlessShop>>

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  shop = await startHeadlessShop()
  visit = await visitHeadlessShop(browser, shop.url)
})

afterEach(async () => {
  await visit?.context.close()
  await shop?.close()
})

const customerio = () => shop.workspace.customerio.view()
const fullstory = () => shop.workspace.fullstory.view()
const person = (id: string) => customerio().people.find(known => known.id === id)
const namesOf = (events: { name: string | null }[] | undefined) => events?.map(({ name }) => name) ?? []
// Requests of one moment overtake each other.
const pagesTold = () =>
  namesOf(
    customerio()
      .calls.filter(({ type }) => type === 'page')
      .sort((one, other) => one.at - other.at),
  )
const attributes = () => [...shop.carts.values()].flatMap(cart => cart.attributes)
const expectNothingTold = async () => {
  expect(visit.elsewhere).toEqual([])
  expect([customerio().calls, fullstory().sessions]).toEqual([[], []])
  const keys = await visit.page.evaluate(() => Object.keys(localStorage))
  expect(keys.filter(key => !key.startsWith('shop.'))).toEqual([])
  expect(attributes()).toEqual([])
}
const expectNoComplaints = () => {
  expect([...customerio().violations, ...fullstory().violations]).toEqual([])
  expect(visit.complaints).toEqual([])
}

test('one person, one story, from anonymous browsing to the logout', async () => {
  await visit.toProduct('Harbor mug')
  await visit.addToCart()
  await expectNothingTold()

  await visit.answer('Yes')
  await visit.said()
  await visit.addToCart()
  const anonymousId = (await visit.status())?.vendors.customerio.anonymousId
  expect(anonymousId).toBeTruthy()
  await expect.poll(attributes).toEqual([{ key: '_customerio_anonymous_id', value: anonymousId }])

  await visit.toCart()
  await visit.logIn()
  await visit.toHome()
  await visit.toProduct('Tide bowl')
  await visit.addToCart()
  await goInHistory(visit.page, -1)
  await visit.said()
  const added = ['product_added_to_cart', 'product_added_to_cart', 'product_added_to_cart']
  await expect.poll(() => namesOf(person(ADA)?.events)).toEqual(added)
  await expect.poll(() => namesOf(fullstory().sessions[0]?.events)).toEqual(added)
  // The first is the snippet's own, which the SDK names by its address.
  const address = expect.stringContaining('/products/harbor-mug')
  const pages = [address, 'Cart', 'Account', 'Home', 'Product', 'Home']
  await expect.poll(pagesTold).toEqual(pages)
  expect(person(ADA)).toMatchObject({ anonymousIds: [anonymousId], identifyCalls: 1 })
  expect(person(ADA)?.events.map(({ userId }) => userId)).toEqual([null, null, ADA])
  expect(customerio().people).toHaveLength(1)
  expect(customerio().anonymous).toEqual([])
  expect(fullstory().sessions).toMatchObject([{ uid: ADA, identifyCalls: 1 }])
  await expect
    .poll(() => fullstory().sessions[0]?.pages.at(-1)?.properties)
    .toMatchObject({ pageName: 'Home' })
  expect(fullstory().users.find(({ uid }) => uid === ADA)?.properties).toMatchObject({
    vip_tier: { value: 'gold' },
    cart_items: { type: 'int', value: 3 },
  })

  await visit.logOut()
  await visit.toHome()
  await visit.toProduct('Tide bowl')
  await visit.addToCart()
  await visit.said()
  await expect.poll(() => fullstory().sessions.map(({ uid }) => uid)).toEqual([ADA, null])
  await expect
    .poll(() => customerio().anonymous.map(({ pages }) => namesOf(pages)))
    .toEqual([['Home', 'Product']])
  expect(person(ADA)?.events).toHaveLength(3)
  const [{ anonymousId: next } = { anonymousId: '' }] = customerio().anonymous
  expect(next).not.toBe(anonymousId)
  expect(attributes()).toMatchObject([{ value: next }])
  expectNoComplaints()
})

test('a visitor who says no can buy, and nobody hears of it', async () => {
  await visit.answer('No')
  await visit.logIn()
  await visit.toHome()
  await visit.toProduct('Harbor mug')
  await visit.addToCart()
  await visit.toCart()
  await visit.checkOut()
  await expectNothingTold()
  expect([...shop.carts.values()].map(({ lines }) => lines.nodes.length)).toEqual([1])
  expectNoComplaints()
})

test('who agrees after the login is known from then on; who takes it back leaves no trace in the cart', async () => {
  await visit.answer('No')
  await visit.logIn()
  await visit.answer('Yes')
  await visit.said()
  await expect.poll(() => person(ADA)?.identifyCalls).toBe(1)
  await visit.toHome()
  await visit.toProduct('Harbor mug')
  await visit.addToCart()
  expect(attributes()).toHaveLength(1)
  await visit.answer('Not any more')
  await expect.poll(async () => (await visit.status())?.consent).toBe('denied')
  await visit.toCart()
  await visit.checkOut()
  expect(attributes()).toEqual([])
  expectNoComplaints()
})

test('a new document of somebody who is logged in tells nobody a second time', async () => {
  await visit.answer('Yes')
  await visit.logIn()
  await visit.said()
  await visit.page.reload()
  await visit.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor()
  await visit.said()
  await visit.toHome()
  await expect.poll(() => namesOf(person(ADA)?.pages).at(-1)).toBe('Home')
  expect(person(ADA)?.identifyCalls).toBe(1)
  expect(fullstory().sessions.map(({ uid }) => uid)).toEqual([ADA])
  expectNoComplaints()
})
