import { inOrderOf, launchBrowser } from '@retention-bridge/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Shop, startShop } from '../server/shop.ts'
import { customerCalled, type Visit, visitShop } from './visit.ts'

let browser: Browser
let shop: Shop
let visit: Visit

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  shop = await startShop()
  visit = await visitShop(browser, shop.url)
})

afterEach(async () => {
  await visit?.close()
  await shop?.close()
})

const personOf = (id: string) => shop.workspace.customerio.person(id)
const sessions = () => shop.workspace.fullstory.view().sessions
const sessionsOf = (uid: string) => sessions().filter(session => session.uid === uid)
const flagsOf = (uid: string) =>
  shop.workspace.fullstory.view().users.find(user => user.uid === uid)?.properties ?? {}
const namesOf = (events: { name: string }[] | undefined) => events?.map(({ name }) => name) ?? []
const brokenRules = () => [...shop.workspace.customerio.violations, ...shop.workspace.fullstory.violations]

describe('a visit', () => {
  test('is one person in both tools, from anonymous browsing to a paid order', async () => {
    const { id, email, aov, purchaseCount } = customerCalled('Ada')
    const events = [
      'product_viewed',
      'product_added_to_cart',
      'checkout_started',
      'payment_failed',
      'order_completed',
    ]
    await visit.open('/')
    await visit.add('harbor-mug')
    await visit.signIn('Ada')
    await visit.goToPayment()
    await visit.pay('declined')
    await visit.pay('pays')

    await expect.poll(() => namesOf(inOrderOf(events, personOf(id)?.events))).toEqual(events)
    await expect.poll(() => namesOf(sessionsOf(id)[0]?.events)).toEqual(events)
    await expect.poll(() => flagsOf(id).checkout_state?.value).toBe('completed')
    await expect.poll(() => personOf(id)?.attributes.purchase_count?.value).toBe(purchaseCount + 1)

    const person = personOf(id)
    expect(person).toMatchObject({ id, email })
    expect(person?.events.map(event => event.userId)).toEqual([null, null, id, id, id])
    expect(person?.events.slice(0, 2).every(event => event.merged)).toBe(true)

    expect(sessions()).toHaveLength(1)
    const [session] = sessionsOf(id)
    expect(session?.events.map(event => event.uid)).toEqual([null, null, id, id, id])

    const total = 28
    const flags = flagsOf(id)
    expect(flags.vip_tier).toMatchObject({ type: 'str', value: 'gold' })
    expect(flags.purchase_count).toMatchObject({ type: 'int', value: purchaseCount + 1 })
    expect(flags.aov?.type).toBe('real')
    expect(flags.aov?.value).toBeCloseTo((aov * purchaseCount + total) / (purchaseCount + 1), 2)
    expect(flags.last_order_date?.type).toBe('date')
    expect(flags.cart_abandoner_4h).toMatchObject({ type: 'bool', value: false })
    expect(person?.attributes.vip_tier?.value).toBe(flags.vip_tier?.value)

    const found = shop.workspace.fullstory.sessionsWhere('vip_tier', 'gold')
    expect(found.map(({ id }) => id)).toEqual([session?.id])
    expect(namesOf(found[0]?.events)).toContain('payment_failed')
    expect(brokenRules()).toEqual([])
    expect(visit.complaints).toEqual([])
  })

  test('tells of a payment that fails again, with the link to its session, after a change of person, too', async () => {
    const { id } = customerCalled('Ada')
    await visit.signIn('Ben')
    await visit.logOut()
    await visit.signIn('Ada')
    await visit.add('harbor-mug')
    await visit.goToPayment()
    await visit.pay('declined')
    await visit.pay('declined')
    const failures = () =>
      personOf(id)?.events.filter(({ name }) => /^(payment_failed|friction_detected)$/.test(name)) ?? []
    const expected = ['payment_failed', 'payment_failed', 'friction_detected']
    await expect.poll(() => namesOf(inOrderOf(expected, failures()))).toEqual(expected)
    await expect.poll(() => namesOf(sessionsOf(id)[0]?.events)).toContain('friction_detected')
    const [session] = sessionsOf(id)
    for (const { properties } of failures())
      expect(decodeURIComponent(String(properties.fullstory_session_url))).toContain(`/${session?.id}:`)
    const friction = failures().find(({ name }) => name === 'friction_detected')
    expect(friction?.properties).toMatchObject({ kind: 'payment_failed_again', count: 2 })
    await expect.poll(() => flagsOf(id).friction?.value).toBe('payment_failed_again')
    expect(brokenRules()).toEqual([])
    expect(visit.complaints).toEqual([])
  })

  test('ends with the log out, in both tools', async () => {
    const ada = customerCalled('Ada').id
    const ben = customerCalled('Ben').id
    await visit.signIn('Ada')
    await visit.logOut()
    await visit.add('tide-bowl')
    const added = () =>
      shop.workspace.customerio.view().anonymous.filter(visitor => visitor.events.length === 2)
    await expect.poll(added).toHaveLength(1)
    await expect.poll(() => namesOf(sessions().at(-1)?.events)).toContain('product_added_to_cart')
    expect(sessions().map(session => session.uid)).toEqual([ada, null])

    await visit.signIn('Ben')
    await expect.poll(() => namesOf(personOf(ben)?.events)).toContain('product_added_to_cart')
    await expect.poll(() => sessions().map(session => session.uid)).toEqual([ada, ben])
    await expect.poll(() => flagsOf(ben).vip_tier?.value).toBe('silver')
    expect(flagsOf(ada).vip_tier?.value).toBe('gold')
    expect(personOf(ada)?.events).toEqual([])
    expect(brokenRules()).toEqual([])
    expect(visit.complaints).toEqual([])
  })

  test('ends in every window when it ends in one', async () => {
    const { id } = customerCalled('Ada')
    await visit.signIn('Ada')
    const other = await visit.secondPage('/cart.html')
    await other.getByRole('link', { name: 'Ada' }).waitFor()
    await visit.logOut()
    await other.getByRole('link', { name: 'Sign in' }).waitFor()
    await other.goto(new URL('/product.html?id=ridge-vase', shop.url).href)
    await expect.poll(() => namesOf(sessions().at(-1)?.events)).toContain('product_viewed')
    expect(sessions().at(-1)?.uid).toBeNull()
    expect(personOf(id)?.events).toEqual([])
    expect(visit.complaints).toEqual([])
  })

  test('that registers is one new person in both tools', async () => {
    await visit.add('cove-plate')
    await visit.open('/account.html')
    const form = visit.page.locator('#register')
    await form.getByLabel('First name').fill('Eve')
    await form.getByLabel('Last name').fill('Lind')
    await form.getByLabel('Email').fill('eve@example.com')
    await form.getByLabel('Password').fill('kiln-eve')
    await form.getByRole('button', { name: 'Create account' }).click()
    await visit.page.getByRole('heading', { name: 'Hello, Eve' }).waitFor()
    await expect.poll(() => personOf('eve@example.com')?.id).toMatch(/^cust_\d+$/)
    const id = personOf('eve@example.com')?.id ?? ''
    await expect.poll(() => sessions().map(session => session.uid)).toEqual([id])
    await expect.poll(() => flagsOf(id).purchase_count?.value).toBe(0)
    const events = ['product_viewed', 'product_added_to_cart']
    await expect.poll(() => namesOf(inOrderOf(events, personOf(id)?.events))).toEqual(events)
    expect(brokenRules()).toEqual([])
    expect(visit.complaints).toEqual([])
  })
})

test('leaving the checkout marks a cart abandoner, coming back takes it back', async () => {
  const { id } = customerCalled('Chloé')
  await visit.signIn('Chloé')
  await visit.add('pebble-jar')
  await visit.goToPayment()
  await visit.open('/')
  await expect.poll(() => flagsOf(id).cart_abandoner_4h).toMatchObject({ type: 'bool', value: true })
  await visit.open('/checkout.html')
  await expect.poll(() => flagsOf(id).cart_abandoner_4h?.value).toBe(false)
  expect(brokenRules()).toEqual([])
  expect(visit.complaints).toEqual([])
})

test('a visitor whose browser blocks FullStory can buy, and Customer.io hears of it', async () => {
  const { id } = customerCalled('Dana')
  shop.workspace.faults.fullstoryScript = 'blocked'
  await visit.signIn('Dana')
  await visit.add('lantern')
  await visit.goToPayment()
  await visit.pay('pays')
  await expect.poll(() => namesOf(personOf(id)?.events)).toContain('order_completed')
  expect(sessions()).toEqual([])
})
