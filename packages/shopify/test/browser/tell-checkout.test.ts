import { exampleCheckout, type PixelPage } from '@retention-bridge/sandbox'
import { AlertDisplayedType } from '@shopify/web-pixels-extension'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../../../bridge/test/browser/stage.ts'
import {
  carried,
  expectCarried,
  expectFlags,
  expectLeft,
  expectTaken,
  leftOn,
  openShopifyStage,
  turnsTaken,
} from './pixel-stage.ts'

let stage: Awaited<ReturnType<typeof openShopifyStage>>
beforeAll(async () => {
  stage = await openShopifyStage()
})
afterAll(() => stage.close())

const checkout = exampleCheckout({ email: null })
const refuse = (pixel: PixelPage) =>
  pixel.publish('alert_displayed', {
    alert: { type: AlertDisplayedType.PaymentError, message: '', target: 'cart', value: null },
  })

/** A visitor of the shop who went as far as shipping. */
const reachShipping = async () => {
  const shop = await stage.shop()
  const browse = await shop.visit()
  await settled(browse.page, shop.store)
  const pixel = await shop.checkout('lax')
  await pixel.publish('checkout_started', { checkout })
  await pixel.publish('checkout_shipping_info_submitted', { checkout })
  await expectLeft(pixel.page, 'shipping')
  return { ...shop, pixel, browse }
}

/** Half an hour passes until the next page. */
const wait = (visitor: BrowserContext) =>
  visitor.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + 1_860_000
  })

test('who went back to the shop and does not go on has abandoned, on a later page', async () => {
  const { store, visit, visitor } = await reachShipping()
  await visit()
  await expectFlags(store, 'shipping')
  await expectCarried(store, ['checkout_started', 'checkout_step'])

  await wait(visitor)
  const later = await visit()
  await expectFlags(store, 'abandoned')
  await expectTaken(later.page)
  await settled(later.page, store)
  await expectCarried(store, ['checkout_started', 'checkout_step'])
})

test('a refused payment is no abandoned checkout, and an order takes it back', async () => {
  const { store, visit, visitor, pixel } = await reachShipping()
  await refuse(pixel)
  await expectLeft(pixel.page, 'failed')
  await wait(visitor)
  const { page } = await visit()
  await expectFlags(store, 'failed', true)
  await turnsTaken(page)
  await pixel.publish('checkout_completed', { checkout })
  await expectLeft(pixel.page, 'completed')
  await visit()
  await expectFlags(store, 'completed', false)
})

test('the next visitor of this browser is told nothing', async () => {
  const { store, visit, browse } = await reachShipping()
  await browse.page.evaluate(() => {
    // The page that is open tells nothing itself.
    ;(window as unknown as { stopTelling(): void }).stopTelling()
    window.bridge.identify('ada')
  })
  await settled(browse.page, store)
  await browse.page.evaluate(() => window.bridge.logout())
  await settled(browse.page, store)
  const next = await visit()
  await expectTaken(next.page)
  await settled(next.page, store)
  expect(carried(store)).toEqual([])
})

test('who came by a link of an e-mail is told of', async () => {
  const { store, visit: visitAsAda } = await stage.shop()
  const known = await visitAsAda("bridge.identify('ada')")
  await settled(known.page, store)
  const mailed = await stage.shop(store)
  const landing = await mailed.visit('', `?ajs_uid=cio_${store.customerio.person('ada')?.cioId}`)
  await settled(landing.page, store)
  const pixel = await mailed.checkout('lax')
  await pixel.publish('checkout_started', { checkout })
  await expectLeft(pixel.page, 'started')
  await mailed.visit()
  await expectCarried(store, ['checkout_started'])
  const events = () => store.customerio.view().people[0]?.events.map(({ name }) => name)
  await expect.poll(events).toContain('checkout_started')
})

test('three tabs at once tell it once', async () => {
  const { store, visit } = await reachShipping()
  const tabs = await Promise.all([visit(), visit(), visit()])
  await expectFlags(store, 'shipping')
  // Each has asked for its turn, and has had it.
  for (const { page } of tabs) await settled(page, store)
  for (const { page } of tabs) await turnsTaken(page)
  for (const { page } of tabs) await settled(page, store)
  await expectCarried(store, ['checkout_started', 'checkout_step'])
})

test('without consent, and while an agent acts, nothing is read', async () => {
  const { store, visit } = await reachShipping()
  const before = await visit("bridge.setConsent('pending')")
  const left = await leftOn(before.page)
  expect(left.events).toHaveLength(2)
  await before.page.evaluate(() => {
    window.bridge.impersonate(true)
    window.bridge.setConsent('granted')
  })
  expect((await leftOn(before.page)).events).toHaveLength(2)
  await before.page.evaluate(() => window.bridge.impersonate(false))
  await expectCarried(store, ['checkout_started', 'checkout_step'])
})
