import { launchBrowser } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStore } from '../server.ts'

let store: Awaited<ReturnType<typeof startStore>>
let browser: Awaited<ReturnType<typeof launchBrowser>>
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startStore(), launchBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store.close()
})

test('a guest buys at the second try, logs in, and the inspector finds one person in both tools', async () => {
  const visitor = await browser.newContext()
  const problems: string[] = []
  visitor.on('weberror', error => problems.push(String(error.error())))
  const page = await visitor.newPage()
  const follow = async (name: string) => {
    await page.getByRole('link', { name, exact: true }).click()
  }
  const press = async (name: string) => page.getByRole('button', { name, exact: true }).click()

  await page.goto(store.url)
  await follow('All products')
  await press('Add to cart')
  await follow('Check out')
  await page.waitForSelector('html[data-ready]')
  await page.fill('[name=email]', 'ada@example.com')
  await press('Continue to shipping')
  await page.fill('[name=address]', '1 Example Street')
  await press('Continue to payment')
  await page.fill('[name=card]', '4000000000000002')
  await press('Pay now')
  await page.getByText('The card was declined.').waitFor()
  const left = () => page.evaluate(() => localStorage.getItem('retention_bridge_checkout') ?? '')
  await expect.poll(left).toContain('"checkout_state":"failed"')
  await page.fill('[name=card]', '4242424242424242')
  await press('Pay now')
  await page.getByText('Thank you').waitFor()
  await expect.poll(left).toContain('"checkout_state":"completed"')
  await follow('Back to the shop')
  await follow('Log in')
  await page.fill('[type=email]', 'ada@example.com')
  await page.fill('[type=password]', 'any')
  await page.getByRole('main').getByRole('button').click()
  await page.waitForURL('**/account')
  await page.getByText('Hello Ada').waitFor()

  const people = () => {
    const { customerio, fullstory } = store.workspace
    return {
      customerio: customerio.view().people.map(({ id, events }) => [id, events.map(({ name }) => name)]),
      fullstory: fullstory.view().sessions.map(({ uid }) => uid),
      flags: fullstory
        .view()
        .users.filter(({ uid }) => uid)
        .map(({ properties }) => [properties.checkout_state?.value, properties.payment_failed?.value]),
    }
  }
  await expect.poll(people).toEqual({
    customerio: [
      [
        '1042',
        [
          'checkout_started',
          'checkout_step',
          'checkout_step',
          'checkout_step',
          'payment_failed',
          'checkout_step',
          'order_completed',
        ],
      ],
    ],
    fullstory: ['1042'],
    flags: [['completed', false]],
  })
  const { violations } = store.workspace.fullstory.view()
  expect([...violations, ...store.workspace.customerio.view().violations]).toEqual([])

  const inspector = await visitor.newPage()
  await inspector.goto(store.inspectorUrl)
  await inspector.getByText('Same person in both tools').first().waitFor()
  expect(problems).toEqual([])
})
