import { exampleCheckout, exampleContext, exampleVariant, PERSONAL } from '@retention-bridge/sandbox'
import { AlertDisplayedType, EventType, type PixelEvents } from '@shopify/web-pixels-extension'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentOf, SHOPIFY_EVENTS, type ShopifyEvent } from '../../pixel/moments.ts'

const event = <Name extends ShopifyEvent['name']>(name: Name, data: PixelEvents[Name]['data']) =>
  ({
    id: 'sh-1',
    name,
    data,
    timestamp: '2026-01-31T12:00:00.000Z',
    clientId: 'browser-1',
    context: exampleContext,
    seq: 1,
    type: EventType.Standard,
  }) as unknown as ShopifyEvent
const alert = (type: AlertDisplayedType) =>
  event('alert_displayed', { alert: { type, message: PERSONAL[0], target: 'cart', value: PERSONAL[2] } })
const checkout = exampleCheckout()
const about = { id: 'sh-1', at: Date.UTC(2026, 0, 31, 12) }
const worth = {
  total: 129.5,
  currency: 'USD',
  items: [{ sku: 'mug-blue', quantity: 2, price: 64.75 }],
}

test('events of a checkout are those of retention-bridge/checkout', () => {
  expect(momentOf(event('checkout_started', { checkout }))).toEqual({
    ...about,
    name: 'checkout_started',
    properties: worth,
    state: 'started',
  })
  for (const [name, step] of [
    ['checkout_contact_info_submitted', 'contact'],
    ['checkout_shipping_info_submitted', 'shipping'],
    ['payment_info_submitted', 'payment'],
  ] as const)
    expect(momentOf(event(name, { checkout }))).toEqual({
      ...about,
      name: 'checkout_step',
      properties: { step },
      state: step,
      email: 'ada@example.com',
    })
  const order = { id: '9007199254740993', customer: null }
  expect(momentOf(event('checkout_completed', { checkout: exampleCheckout({ order }) }))).toEqual({
    ...about,
    name: 'order_completed',
    properties: { order_id: '9007199254740993', ...worth },
    state: 'completed',
    email: 'ada@example.com',
  })
})

test('a product that is put into the cart is no part of a checkout', () => {
  const cartLine = { cost: { totalAmount: exampleVariant.price }, merchandise: exampleVariant, quantity: 2 }
  expect(momentOf(event('product_added_to_cart', { cartLine }))).toEqual({
    ...about,
    name: 'product_added_to_cart',
    properties: { sku: 'mug-blue', quantity: 2, price: 64.75, currency: 'USD' },
  })
})

test('of all alerts, only those about the payment are refusals', () => {
  const told = Object.values(AlertDisplayedType).filter(type => momentOf(alert(type)))
  expect(told).toEqual(['PAYMENT_ERROR'])
  expect(momentOf(alert(AlertDisplayedType.PaymentError))).toEqual({
    ...about,
    name: 'payment_failed',
    properties: { code: 'PAYMENT_ERROR', step: 'payment' },
    state: 'failed',
  })
})

test.each([
  ['negative', { totalPrice: { amount: -1, currencyCode: 'USD' } }, { currency: 'USD' }],
  [
    'a text',
    { totalPrice: { amount: '12.50' as never, currencyCode: 'USD' } },
    { total: 12.5, currency: 'USD' },
  ],
  ['no number', { totalPrice: { amount: Number.NaN, currencyCode: 'USD' } }, { currency: 'USD' }],
  ['no ISO-4217 code', { currencyCode: 'Dollar' }, { total: 129.5 }],
  ['nothing', { totalPrice: null, currencyCode: null }, {}],
])('money that is %s', (_what, changes, expected) => {
  const { properties } = momentOf(event('checkout_started', { checkout: exampleCheckout(changes) })) ?? {}
  const { total, currency } = properties ?? {}
  expect({ total, currency }).toEqual(expected)
})

test('an order of any size fits into a message of Customer.io', () => {
  const [line] = checkout.lineItems
  const variant = { ...exampleVariant, sku: '☕'.repeat(5000) }
  const lineItems = Array.from({ length: 500 }, () => ({ ...(line as NonNullable<typeof line>), variant }))
  const moment = momentOf(event('checkout_started', { checkout: exampleCheckout({ lineItems }) }))
  expect(Buffer.byteLength(JSON.stringify(moment))).toBeLessThan(32_000)
})

test('whatever is published, a moment is plain data or nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SHOPIFY_EVENTS), fc.anything(), fc.anything(), (name, data, id) => {
      const moment = momentOf({ name, data, id, timestamp: data } as never)
      expect(moment === undefined || JSON.stringify(moment).length < 20_000).toBe(true)
      expect(moment?.at ?? 0).not.toBeNaN()
    }),
  )
})
