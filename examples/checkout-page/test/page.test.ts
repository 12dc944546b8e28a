import { goInHistory, launchBrowser } from '@retention-bridge/sandbox'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type CheckoutPage, startCheckoutPage } from '../server.ts'

let shop: CheckoutPage
let browser: Browser
beforeAll(async () => {
  ;[shop, browser] = await Promise.all([startCheckoutPage(), launchBrowser()])
})
afterAll(() => Promise.all([browser.close(), shop.close()]))

const visit = async (colorScheme: 'light' | 'dark') => {
  const page = await browser.newPage({ colorScheme, viewport: { width: 375, height: 700 } })
  const problems: string[] = []
  page.on('pageerror', error => problems.push(String(error)))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  await page.goto(shop.url)
  return { page, problems }
}
/** By keyboard alone. */
const type = async (page: Page, ...texts: string[]) => {
  for (const text of texts) {
    await page.keyboard.press('Tab')
    await page.keyboard.type(text)
  }
  await page.keyboard.press('Enter')
}
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('declined, then paid, with a new account: one session, one person, one order', async () => {
  const { page, problems } = await visit('dark')
  await type(page, 'ada@example.com', '+14155550100')
  await page.getByRole('heading', { name: 'Where does it go?' }).waitFor()
  await type(page, 'Ada', '1 Loop Road')
  await page.getByRole('heading', { name: 'How do you pay?' }).waitFor()
  await page.getByLabel('is declined').check()
  await page.getByRole('button', { name: 'Pay $68.00' }).click()
  await page.getByRole('alert').filter({ hasText: 'declined' }).waitFor()
  // The contact has reached Customer.io before there is an account.
  await vi.waitFor(() => {
    expect(shop.workspace.customerio.view().people).toMatchObject([{ id: null, email: 'ada@example.com' }])
  }, 10_000)
  expect(await overflow(page)).toBe(0)

  await page.getByLabel('pays').check()
  await page.getByLabel('Create an account').check()
  await page.getByRole('button', { name: 'Pay $68.00' }).dblclick()
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await goInHistory(page, -1)
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  const events = [
    'checkout_started',
    'checkout_step',
    'checkout_step',
    'checkout_step',
    'payment_failed',
    'order_completed',
  ]
  await vi.waitFor(() => {
    const { sessions, users, violations } = shop.workspace.fullstory.view()
    expect(sessions.map(session => session.events.map(({ name }) => name))).toEqual([events])
    expect(sessions[0]?.uid).toMatch(/^cust_FC-/)
    const user = users.find(({ uid }) => uid)
    expect(user?.properties).toMatchObject({
      checkout_state: { value: 'completed' },
      payment_failed: { value: false },
    })
    expect(violations).toEqual([])
  }, 10_000)
  await vi.waitFor(() => {
    const { people } = shop.workspace.customerio.view()
    expect(
      people.flatMap(person => person.events).filter(({ name }) => name === 'order_completed'),
    ).toHaveLength(1)
  }, 10_000)
  expect(problems).toEqual([])
})
