import {
  exampleCheckout,
  exampleVariant,
  PERSONAL,
  type PixelPage,
  privacyOf,
} from '@retention-bridge/sandbox'
import { AlertDisplayedType } from '@shopify/web-pixels-extension'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settled } from '../../../bridge/test/browser/stage.ts'
import {
  carried,
  expectCarried,
  expectFlags,
  expectLeft,
  expectPeople,
  expectTaken,
  leftOn,
  openShopifyStage,
} from './pixel-stage.ts'

let stage: Awaited<ReturnType<typeof openShopifyStage>>
beforeAll(async () => {
  stage = await openShopifyStage()
})
afterAll(() => stage.close())

const alert = (pixel: PixelPage, type: AlertDisplayedType) =>
  pixel.publish('alert_displayed', {
    alert: { type, message: PERSONAL[0], target: 'cart', value: PERSONAL[2] },
  })
const checkout = exampleCheckout()
const paid = { checkout: exampleCheckout({ order: { id: '9007199254740993', customer: null } }) }

/** From the checkout to the order, over a refused payment. */
const buy = async (pixel: PixelPage) => {
  await pixel.publish('checkout_started', { checkout })
  await pixel.publish('checkout_contact_info_submitted', { checkout })
  await pixel.publish('checkout_shipping_info_submitted', { checkout })
  await alert(pixel, AlertDisplayedType.InventoryError)
  await pixel.publish('payment_info_submitted', { checkout })
  await alert(pixel, AlertDisplayedType.PaymentError)
  await pixel.publish('payment_info_submitted', { checkout })
  await pixel.publish('checkout_completed', paid)
}
const BOUGHT = [
  'checkout_started',
  'checkout_step',
  'checkout_step',
  'checkout_step',
  'payment_failed',
  'checkout_step',
  'order_completed',
]

describe.each(['lax', 'strict'] as const)('%s', runtime => {
  test('browse, contact, refused, paid: one person at Customer.io; then FullStory is told, once', async () => {
    const shop = await stage.shop()
    const browse = await shop.visit("bridge.track('product_viewed')")
    await settled(browse.page, shop.store)

    const pixel = await shop.checkout(runtime)
    await pixel.publish('product_added_to_cart', {
      cartLine: {
        cost: { totalAmount: exampleVariant.price },
        merchandise: exampleVariant,
        quantity: 2,
      },
    })
    await buy(pixel)
    await expectLeft(pixel.page, 'completed')
    const marker = expect.stringMatching(/^settled_/)
    await expectPeople(shop.store, [
      {
        id: null,
        email: 'ada@example.com',
        browsers: 1,
        events: ['product_viewed', marker, 'product_added_to_cart', ...BOUGHT],
      },
    ])
    const { calls } = shop.store.customerio.view()
    expect(calls.filter(({ type }) => type === 'identify').map(({ userId, data }) => [userId, data])).toEqual(
      [[null, { email: 'ada@example.com' }]],
    )
    const [person] = shop.store.customerio.view().people
    expect(person?.events.at(-1)?.properties).toEqual({
      order_id: '9007199254740993',
      total: 129.5,
      currency: 'USD',
      items: [{ sku: 'mug-blue', quantity: 2, price: 64.75 }],
    })
    expect(person?.events.at(-3)?.properties).toEqual({ code: 'PAYMENT_ERROR', step: 'payment' })
    const left = JSON.stringify([calls, await leftOn(pixel.page)])
    for (const value of [...PERSONAL, 'checkout-token']) expect(left).not.toContain(value)
    expect(JSON.stringify(await leftOn(pixel.page))).not.toMatch(/ada/i)
    expect(await pixel.noticed()).toMatchObject({ undocumented: [], errors: [] })

    const thanks = await shop.visit()
    await expectCarried(shop.store, BOUGHT)
    expect(carried(shop.store).at(-1)?.properties).toEqual({
      order_id: '9007199254740993',
      total: 129.5,
      currency: 'USD',
      carried: true,
      age_s: expect.any(Number),
    })
    await expectFlags(shop.store, 'completed', false)
    await expectTaken(thanks.page)

    const next = await shop.visit()
    await settled(next.page, shop.store)
    expect(carried(shop.store)).toHaveLength(BOUGHT.length)
    const events = shop.store.customerio.view().calls.map(({ name }) => name)
    expect(events.filter(name => name === 'order_completed')).toHaveLength(1)
    expect(shop.store.fullstory.view().violations).toEqual([])
    expect([...thanks.problems, ...next.problems, ...thanks.warnings, ...next.warnings]).toEqual([])
  })

  test('before the visitor has answered nothing is sent, stored or read; after a yes it is', async () => {
    const shop = await stage.shop()
    const pixel = await shop.checkout(runtime, { privacy: privacyOf(false) })
    await pixel.publish('checkout_started', { checkout })
    await pixel.publish('checkout_contact_info_submitted', { checkout })
    expect(await pixel.noticed()).toEqual({ calls: [], undocumented: [], errors: [] })
    expect(shop.store.customerio.view().calls).toEqual([])
    await pixel.decide(privacyOf(true))
    await expectPeople(shop.store, [
      { id: null, email: 'ada@example.com', browsers: 1, events: ['checkout_started', 'checkout_step'] },
    ])
    // The SDK, which comes later, goes on with the pixel's anonymous id.
    await expectLeft(pixel.page, 'contact')
    await shop.visit()
    await expectCarried(shop.store, ['checkout_started', 'checkout_step'])
    expect(shop.store.customerio.view().anonymous).toEqual([])
  })

  test('a no drops what waits and what comes; a later yes counts from then on', async () => {
    const shop = await stage.shop()
    const pixel = await shop.checkout(runtime, { privacy: privacyOf(false) })
    await pixel.publish('checkout_started', { checkout })
    await pixel.decide(privacyOf(false))
    await pixel.publish('checkout_contact_info_submitted', { checkout })
    await pixel.decide({ ...privacyOf(true), marketingAllowed: false })
    await pixel.publish('checkout_shipping_info_submitted', { checkout })
    expect(await pixel.noticed()).toMatchObject({ calls: [] })
    await pixel.decide(privacyOf(true))
    await pixel.publish('checkout_completed', paid)
    await expectPeople(shop.store, [
      { id: null, email: 'ada@example.com', browsers: 1, events: ['order_completed'] },
    ])
    // A yes that is taken back takes along what waits for the next page.
    await expectLeft(pixel.page, 'completed')
    await pixel.decide(privacyOf(false))
    await expect.poll(() => leftOn(pixel.page)).toBeNull()
  })

  test('a person who is known stays that, whatever address is given', async () => {
    const shop = await stage.shop()
    const browse = await shop.visit("bridge.identify('cust_7')")
    await settled(browse.page, shop.store)
    const pixel = await shop.checkout(runtime)
    await buy(pixel)
    await expectLeft(pixel.page, 'completed')
    const marker = expect.stringMatching(/^settled_/)
    await expectPeople(shop.store, [{ id: 'cust_7', email: null, browsers: 1, events: [marker, ...BOUGHT] }])
    await shop.visit()
    await expectCarried(shop.store, BOUGHT)
    expect(new Set(carried(shop.store).map(({ uid }) => uid))).toEqual(new Set(['cust_7']))
  })

  test('who is logged in at checkout is known by the customer id', async () => {
    const shop = await stage.shop()
    const browse = await shop.visit("bridge.track('product_viewed')")
    await settled(browse.page, shop.store)
    const pixel = await shop.checkout(runtime, { customer: { id: '1042', email: 'Grace@example.com' } })
    await buy(pixel)
    await expectLeft(pixel.page, 'completed')
    const marker = expect.stringMatching(/^settled_/)
    await expectPeople(shop.store, [
      {
        id: '1042',
        email: 'grace@example.com',
        browsers: 1,
        events: ['product_viewed', marker, ...BOUGHT],
      },
    ])
    // Nobody is logged in on the storefront yet: it waits for them.
    const next = await shop.visit()
    await settled(next.page, shop.store)
    expect(carried(shop.store)).toEqual([])
    await next.page.evaluate(() => window.bridge.identify('1042'))
    await expectCarried(shop.store, BOUGHT)
    expect(new Set(carried(shop.store).map(({ uid }) => uid))).toEqual(new Set(['1042']))
  })

  test('somebody else who is logged in at checkout leaves nothing with the person of this browser', async () => {
    const shop = await stage.shop()
    const browse = await shop.visit("bridge.identify('cust_7')")
    await settled(browse.page, shop.store)
    const pixel = await shop.checkout(runtime, { customer: { id: '1042', email: 'grace@example.com' } })
    await buy(pixel)
    const marker = expect.stringMatching(/^settled_/)
    await expectPeople(shop.store, [
      { id: 'cust_7', email: null, browsers: 1, events: [marker] },
      { id: '1042', email: 'grace@example.com', browsers: 0, events: BOUGHT },
    ])
    expect(await leftOn(pixel.page)).toBeNull()
  })

  test('an event that is published twice, and one that has to be sent again, count once', async () => {
    const shop = await stage.shop()
    const pixel = await shop.checkout(runtime)
    const event = { id: 'sh-1', timestamp: '2026-01-31T12:00:00.000Z' }
    shop.store.faults.customerioCollector = 500
    const refused = pixel.page.context().waitForEvent('response', response => response.status() === 500)
    await pixel.publish('checkout_started', { checkout }, event)
    await refused
    shop.store.faults.customerioCollector = 'ok'
    await pixel.publish('checkout_started', { checkout }, event)
    await expect
      .poll(() => shop.store.customerio.view().calls.map(call => [call.messageId, call.repeated]))
      .toEqual([
        ['rb-sh-1', false],
        ['rb-sh-1', true],
      ])
    await expectPeople(shop.store, [], [['checkout_started']])
    expect((await leftOn(pixel.page)).events).toHaveLength(1)
  })
})
