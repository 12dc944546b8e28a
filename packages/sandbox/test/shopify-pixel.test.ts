import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleCheckout, launchBrowser, openPixel, privacyOf } from '../src/index.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const RUNTIMES = ['lax', 'strict'] as const

/** A shop's page on an address of its own: storage needs one. */
const openShop = async (): Promise<Page> => {
  const context = await browser.newContext()
  await context.route('http://shop.test/', route =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }),
  )
  const page = await context.newPage()
  await page.goto('http://shop.test/')
  return page
}

/** The same pixel in both forms: `body` has `api` in scope. */
const pixelOf = (runtime: 'lax' | 'strict', body: string) =>
  runtime === 'lax' ? body : `shopify.extend('WebPixel::Render', api => { ${body} })`

test.each(RUNTIMES)('%s: events, answers and consent arrive; storage is that of the page', async runtime => {
  const page = await openShop()
  await page.context().addCookies([{ name: 'crumb', value: '1', url: page.url() }])
  await page.evaluate(() => localStorage.setItem('from', 'page'))
  const pixel = await openPixel(page, {
    runtime,
    privacy: privacyOf(false),
    pixel: pixelOf(
      runtime,
      `const { analytics, browser, init, customerPrivacy } = api
      analytics.subscribe('checkout_started', async ({ data }) => {
        const seen = [data.checkout.totalPrice.amount, await browser.localStorage.getItem('from'),
          await browser.cookie.get('crumb'), await browser.cookie.get('none'), init.customerPrivacy.marketingAllowed]
        await browser.localStorage.setItem('seen', JSON.stringify(seen))
      })
      customerPrivacy.subscribe('visitorConsentCollected', ({ customerPrivacy }) =>
        browser.sessionStorage.setItem('allowed', customerPrivacy.marketingAllowed))`,
    ),
  })
  await pixel.publish('checkout_completed', { checkout: exampleCheckout() })
  await pixel.publish('checkout_started', { checkout: exampleCheckout() })
  await pixel.decide(privacyOf(true))
  const stored = () => page.evaluate(() => [localStorage.getItem('seen'), sessionStorage.getItem('allowed')])
  await expect.poll(stored).toEqual(['[129.5,"page","1","",false]', 'true'])
  expect(await pixel.noticed()).toEqual({
    calls: expect.arrayContaining(['localStorage.getItem from', 'cookie.get crumb']),
    undocumented: [],
    errors: [],
  })
})

test.each(RUNTIMES)('%s: whatever is not documented is not there, and is noticed', async runtime => {
  const page = await openShop()
  const pixel = await openPixel(page, {
    runtime,
    pixel: pixelOf(
      runtime,
      `typeof window; typeof document; typeof localStorage; typeof FS; typeof crypto
      api.browser.sendBeacon; api.publish; leaked = 1
      api.customerPrivacy.subscribe('analyticsConsentAccepted', () => {})`,
    ),
  })
  const { undocumented } = await pixel.noticed()
  expect(undocumented).toEqual([
    'window',
    'document',
    'localStorage',
    'FS',
    'crypto',
    'browser.sendBeacon',
    'api.publish',
    'leaked = …',
    'consent analyticsConsentAccepted',
  ])
})

test.each(RUNTIMES)('%s: a pixel that fails is noticed', async runtime => {
  const page = await openShop()
  const pixel = await openPixel(page, {
    runtime,
    pixel: pixelOf(runtime, `Promise.reject(new Error('lost'))`),
  })
  await expect.poll(async () => (await pixel.noticed()).errors).toEqual([expect.stringContaining('lost')])
})
