import { collectErrors, exampleCheckout, need, openPixel, PERSONAL } from '@retention-bridge/sandbox'
import { AlertDisplayedType } from '@shopify/web-pixels-extension'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from '../../../bridge/test/browser/stage.ts'
import { ada, configurationOf } from '../shopify-liquid.ts'
import { renderPage } from '../theme-page.ts'
import { pixelOf, turnsTaken } from './pixel-stage.ts'
import { openShop, type Shop } from './shop.ts'

/** A shop on Shopify without a line of code: the theme's snippet, the script tag and a pixel. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

interface OnPage {
  retention_bridge?: import('retention-bridge').Bridge<Record<string, never>>
}

/** Waits until the page's bridge has found both vendors and told them all it has. */
const rests = async (page: Page) => {
  await page.waitForFunction(() => {
    const status = (window as OnPage).retention_bridge?.status()
    return status && Object.values(status.vendors).every(({ state, held }) => state === 'ready' && !held)
  })
}

/** Both forms of the pixel: pasted, and an app's. */
const story = async (runtime: 'lax' | 'strict') => {
  const store = stage.store()
  store.fullstory.declare(Object.keys(configurationOf(await renderPage('index')).flags))
  const customer = { ...ada, email: 'Ada@Example.com' }
  const shop: Shop = await openShop(stage.sandbox.origin, store, [customer])
  const visitor = await stage.visitor()
  const problems: string[] = []
  collectErrors(visitor, problems)
  const page = await visitor.newPage()
  const visit = async (path: string, tab = page) => {
    await tab.goto(shop.url(path))
    await rests(tab)
  }
  const flags = () => {
    const people = store.fullstory.view().users.filter(({ mergedInto }) => !mergedInto)
    return people.map(({ properties }) => [
      properties.checkout_state?.value,
      properties.payment_failed?.value,
    ])
  }

  await visit('/')
  await visit('/products/mug')
  await page.evaluate("retentionBridge.push(['track', 'product_viewed'])")
  await page.click('main button')
  await page.waitForURL('**/cart')
  await rests(page)

  const checkout = await visitor.newPage()
  // A page of the shop's domain without any code: the pixel is opened by hand.
  await checkout.goto(shop.url('/assets/retention-bridge.iife.js'))
  const pixel = await openPixel(checkout, pixelOf(runtime, stage.sandbox.origin, store))
  await pixel.publish('checkout_started', { checkout: exampleCheckout() })
  await pixel.publish('checkout_contact_info_submitted', { checkout: exampleCheckout() })
  await pixel.publish('payment_info_submitted', { checkout: exampleCheckout() })
  await pixel.publish('alert_displayed', {
    alert: {
      type: AlertDisplayedType.PaymentError,
      message: PERSONAL[0],
      target: 'cart',
      value: PERSONAL[2],
    },
  })
  const left = () => checkout.evaluate(() => localStorage.getItem('retention_bridge_checkout') ?? '')
  await expect.poll(left).toContain('"checkout_state":"failed"')
  // Back to the shop, to look what is wrong.
  await visit('/')
  await expect.poll(flags).toEqual([['failed', true]])
  await turnsTaken(page)

  const order = { id: '1001', customer: null }
  await pixel.publish('checkout_completed', { checkout: exampleCheckout({ order }) })
  await expect.poll(left).toContain('"checkout_state":"completed"')
  await checkout.close()
  await visit('/')
  await expect.poll(flags).toEqual([['completed', false]])

  await visit('/account/login')
  await page.fill('[type=email]', customer.email)
  await page.click('main button')
  await page.waitForURL('**/account')
  await rests(page)
  await expect
    .poll(() => page.evaluate(() => (window as OnPage).retention_bridge?.status().identity))
    .toEqual({ state: 'known', id: '1042' })
  await visit('/')

  const told = [
    'product_viewed',
    'checkout_started',
    'checkout_step',
    'checkout_step',
    'payment_failed',
    'order_completed',
  ]
  const people = () =>
    store.customerio
      .view()
      .people.map(({ id, email, events }) => ({ id, email, events: events.map(({ name }) => name) }))
  await expect.poll(people).toEqual([{ id: '1042', email: 'ada@example.com', events: told }])
  const { fullstory } = store
  const sessions = () =>
    fullstory.view().sessions.map(({ uid, events }) => [uid, events.map(({ name }) => name)])
  await expect.poll(sessions).toEqual([['1042', told]])
  await expect.poll(() => fullstory.sessionsWhere('vip_tier', 'gold').map(({ uid }) => uid)).toEqual(['1042'])
  expect([...fullstory.view().violations, ...store.customerio.view().violations]).toEqual([])

  await visit('/account/logout')
  await expect
    .poll(() => page.evaluate(() => (window as OnPage).retention_bridge?.status().identity))
    .toEqual({ state: 'anonymous', id: null })
  expect(problems).toEqual([])
  await shop.close()
}

test.each(['lax', 'strict'] as const)(
  'browse, cart, guest, refused, paid, account, login: one person, one story, one session (%s pixel)',
  story,
)

test('the tag moves nothing and holds up nothing', async () => {
  need('layout-shift')
  const store = stage.store()
  const shop = await openShop(stage.sandbox.origin, store, [])
  const page = await (await stage.visitor()).newPage()
  await page.goto(shop.url('/'))
  await rests(page)
  const seen = await page.evaluate(async () => {
    const shifts = await new Promise<number>(resolve => {
      let count = 0
      const observer = new PerformanceObserver(list => {
        count += list.getEntries().length
      })
      observer.observe({ type: 'layout-shift', buffered: true })
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(count)))
    })
    const ours = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/assets/retention-bridge')) as (PerformanceResourceTiming & {
      renderBlockingStatus: string
    })[]
    return { shifts, blocking: ours.map(({ renderBlockingStatus }) => renderBlockingStatus) }
  })
  expect(seen.shifts).toBe(0)
  expect(seen.blocking.length).toBeGreaterThan(3)
  expect(new Set(seen.blocking)).toEqual(new Set(['non-blocking']))
  await shop.close()
})
