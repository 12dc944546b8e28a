import { launchBrowser } from '@retention-bridge/sandbox'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Shop, startShop } from '../server/shop.ts'
import { customerCalled, type Visit, visitShop } from './visit.ts'

let browser: Browser
let shop: Shop
let visit: Visit
let inspector: Page

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  shop = await startShop()
  visit = await visitShop(browser, shop.url)
  await visit.open('/')
  inspector = await visit.secondPage('/inspector.html')
  return async () => {
    await visit.close()
    await shop.close()
  }
})

const sharedIds = () =>
  inspector.locator('[data-shared-id]').evaluateAll(elements => elements.map(element => element.textContent))
const title = () => inspector.locator('.verdict-title').textContent()

test('follows the visitor without a reload: anonymous in both tools, then one ID in both', async () => {
  const { id } = customerCalled('Ada')
  let loads = 0
  inspector.on('load', () => {
    loads += 1
  })
  await expect.poll(title).toBe('Anonymous in both tools')
  await visit.add('ember-teapot')
  await visit.signIn('Ada')
  await expect.poll(title).toBe('Same person in both tools')
  expect(await sharedIds()).toEqual([id, id])
  for (const vendor of ['customerio', 'fullstory']) {
    const added = inspector.locator(`#${vendor}-moments li`, { hasText: 'product_added_to_cart' })
    await expect.poll(() => added.textContent()).toContain(`anonymous, now ${id}`)
  }
  const tier = inspector.locator('#flags tr', { hasText: 'vip_tier' })
  await expect.poll(() => tier.locator('.agreement').textContent()).toBe('same')
  await visit.logOut()
  await expect.poll(title).toBe('Anonymous in both tools')
  expect(loads).toBe(0)
  expect(visit.complaints).toEqual([])
})

test('leads from a failed payment in Customer.io to its session in FullStory, after a change of person, too', async () => {
  await visit.signIn('Ben')
  await visit.logOut()
  await visit.signIn('Ada')
  await visit.add('ember-teapot')
  await visit.goToPayment()
  await visit.pay('declined')
  // What comes in after the click draws the list anew, and the link would lead to what is gone.
  await inspector.locator('#fullstory-moments li', { hasText: 'payment_failed' }).waitFor()
  const failed = inspector.locator('#customerio-moments li', { hasText: 'payment_failed' })
  await failed.getByRole('link', { name: 'Replay' }).click()
  const session = inspector.locator('.session:target')
  await expect.poll(() => session.locator('.tag').first().textContent()).toBe(customerCalled('Ada').id)
  expect(await session.locator('.session-events').textContent()).toContain('payment_failed')
})

test('shows another person on request', async () => {
  const { id } = customerCalled('Ben')
  await visit.signIn('Ben')
  await visit.logOut()
  await expect.poll(title).toBe('Anonymous in both tools')
  await inspector.getByLabel('Showing').selectOption(id)
  await expect.poll(sharedIds).toEqual([id, id])
})

test('finds sessions by flag and value', async () => {
  await visit.signIn('Ada')
  await visit.logOut()
  await visit.signIn('Ben')
  const found = () => inspector.locator('#search-results .session .tag:first-child').allTextContents()
  await inspector.getByLabel('Flag', { exact: true }).selectOption('vip_tier')
  await expect.poll(found).toEqual([customerCalled('Ben').id, customerCalled('Ada').id])
  await inspector.getByLabel('Value', { exact: true }).selectOption('gold')
  await expect.poll(found).toEqual([customerCalled('Ada').id])
})

test('says that no rule is broken, and which one is', async () => {
  const rules = () => inspector.locator('#rules').textContent()
  await expect.poll(rules).toContain('0 rules broken')
  await visit.page.waitForFunction("typeof FS('getSession') === 'string'")
  await visit.page.evaluate("FS('setProperties', { type: 'user', properties: { 'bad-name': 1 } })")
  await expect.poll(rules).toContain('1 rule broken')
  expect(await rules()).toContain('illegal_name')
})
