import type { Checkout, MoneyV2, PixelEvents } from '@shopify/web-pixels-extension'
import type { CheckoutState } from './carry-record.ts'
import { readEmail } from './email.ts'

/** Events as `retention-bridge/checkout` names them, and the one before a checkout. */
export type EventName =
  | 'product_added_to_cart'
  | 'checkout_started'
  | 'checkout_step'
  | 'payment_failed'
  | 'order_completed'

/** What happened, without anything personal but the address. */
export interface Moment {
  name: EventName
  /** Shopify's id of the event: the same for each attempt to send it. */
  id: string
  /** Epoch milliseconds. */
  at: number
  properties: Record<string, unknown>
  /** How far the checkout has come by it; nothing for what is no part of a checkout. */
  state?: CheckoutState
  /** The address that was given, trimmed and in lower case. */
  email?: string
}

/** Shopify's events that are listened to. */
export type ShopifyEvent = PixelEvents[
  | 'product_added_to_cart'
  | 'checkout_started'
  | 'checkout_contact_info_submitted'
  | 'checkout_shipping_info_submitted'
  | 'payment_info_submitted'
  | 'checkout_completed'
  | 'alert_displayed']

export const SHOPIFY_EVENTS: readonly ShopifyEvent['name'][] = [
  'product_added_to_cart',
  'checkout_started',
  'checkout_contact_info_submitted',
  'checkout_shipping_info_submitted',
  'payment_info_submitted',
  'checkout_completed',
  'alert_displayed',
]

/** Lines of an order beyond these are left out: Customer.io takes 32 kB a message. */
const MAX_ITEMS = 50
/** Texts of a shop beyond this are cut. */
const MAX_TEXT = 100

const text = (given: unknown): string | undefined =>
  given === null || given === undefined || given === '' ? undefined : String(given).slice(0, MAX_TEXT)

/** A finite amount, 0 or more; Shopify's types say number, its shops have been seen to send texts. */
const amount = (given: unknown): number | undefined => {
  const number = typeof given === 'string' && given ? Number(given) : given
  return Number.isFinite(number) && (number as number) >= 0 ? (number as number) : undefined
}

/** An ISO-4217 code. */
const currency = (given: unknown): string | undefined => /^[A-Z]{3}$/.exec(String(given))?.[0]

const priceOf = (money: MoneyV2 | null | undefined) => amount(money?.amount)

/** What a checkout is worth, and its lines without what the buyer may have written on them. */
const worth = ({ totalPrice, currencyCode, lineItems }: Checkout) => ({
  total: priceOf(totalPrice),
  currency: currency(currencyCode ?? totalPrice?.currencyCode),
  items: lineItems?.slice(0, MAX_ITEMS).map(({ variant, quantity }) => ({
    sku: text(variant?.sku),
    quantity: amount(quantity),
    price: priceOf(variant?.price),
  })),
})

type Meaning = Pick<Moment, 'name' | 'properties' | 'state' | 'email'>

const step = (state: 'contact' | 'shipping' | 'payment', checkout: Checkout): Meaning => ({
  name: 'checkout_step',
  properties: { step: state },
  state,
  email: readEmail(checkout.email),
})

const meaningOf = (event: ShopifyEvent): Meaning | undefined => {
  switch (event.name) {
    case 'product_added_to_cart': {
      const { merchandise, quantity } = event.data.cartLine ?? {}
      return {
        name: event.name,
        properties: {
          sku: text(merchandise?.sku),
          quantity: amount(quantity),
          price: priceOf(merchandise?.price),
          currency: currency(merchandise?.price.currencyCode),
        },
      }
    }
    case 'checkout_started':
      return { name: event.name, properties: worth(event.data.checkout), state: 'started' }
    case 'checkout_contact_info_submitted':
      return step('contact', event.data.checkout)
    case 'checkout_shipping_info_submitted':
      return step('shipping', event.data.checkout)
    case 'payment_info_submitted':
      return step('payment', event.data.checkout)
    case 'checkout_completed': {
      const { checkout } = event.data
      return {
        name: 'order_completed',
        properties: { order_id: text(checkout.order?.id), ...worth(checkout) },
        state: 'completed',
        email: readEmail(checkout.email),
      }
    }
    case 'alert_displayed': {
      // Inventory, delivery, discounts and mistyped fields are no refusals. The message and the value of the field are
      // the buyer's.
      const { type } = event.data.alert
      if (type !== ('PAYMENT_ERROR' satisfies `${typeof type}`)) return
      return { name: 'payment_failed', properties: { code: type, step: 'payment' }, state: 'failed' }
    }
  }
}

/**
 * What one of Shopify's events says in the vocabulary of `retention-bridge/checkout`; `undefined` for alerts that are
 * no refused payment, and for what has not the form of Shopify's types.
 */
export const momentOf = (event: ShopifyEvent): Moment | undefined => {
  try {
    const meaning = meaningOf(event)
    const id = text(event.id)
    if (!meaning || !id) return
    return { ...meaning, id, at: Date.parse(event.timestamp) || Date.now() }
  } catch {}
}
