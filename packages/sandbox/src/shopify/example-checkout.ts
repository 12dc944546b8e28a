import type { Checkout, Context, Customer, ProductVariant, RegisterInit } from '@shopify/web-pixels-extension'
import type { Privacy } from './wire.ts'

/** Values that no pixel of ours may pass on: who searches for them finds a leak. */
export const PERSONAL = ['Lovelace', 'Analytical Street', '+14155550100', 'To Charles, with love'] as const
const [NAME, STREET, PHONE, ENGRAVING] = PERSONAL

const price = { amount: 64.75, currencyCode: 'USD' }

export const exampleVariant: ProductVariant = {
  id: '4012',
  image: null,
  price,
  product: {
    id: '77',
    title: 'Mug',
    type: null,
    untranslatedTitle: null,
    url: '/products/mug',
    vendor: 'Shop',
  },
  sku: 'mug-blue',
  title: 'Blue',
  untranslatedTitle: null,
}

const address = {
  address1: STREET,
  address2: null,
  city: 'London',
  country: 'United Kingdom',
  countryCode: 'GB',
  firstName: 'Ada',
  lastName: NAME,
  phone: PHONE,
  province: null,
  provinceCode: null,
  zip: 'N1',
}

/** A checkout as Shopify describes it, with everything that a buyer has filled in. */
export const exampleCheckout = (changes: Partial<Checkout> = {}): Checkout => ({
  attributes: [{ key: 'note', value: ENGRAVING }],
  billingAddress: address,
  buyerAcceptsEmailMarketing: true,
  buyerAcceptsSmsMarketing: false,
  currencyCode: 'USD',
  delivery: null,
  discountApplications: [],
  discountsAmount: null,
  email: 'Ada@Example.com',
  lineItems: [
    {
      discountAllocations: [],
      finalLinePrice: price,
      id: '1',
      properties: [{ key: 'engraving', value: ENGRAVING }],
      quantity: 2,
      sellingPlanAllocation: null,
      title: 'Mug',
      variant: exampleVariant,
    },
  ],
  localization: {
    country: { isoCode: 'GB' },
    language: { isoCode: 'en' },
    market: { handle: null, id: null },
  },
  order: null,
  phone: PHONE,
  shippingAddress: address,
  shippingLine: null,
  smsMarketingPhone: PHONE,
  subtotalPrice: { amount: 129.5, currencyCode: 'USD' },
  token: 'checkout-token',
  totalPrice: { amount: 129.5, currencyCode: 'USD' },
  totalTax: { amount: 0, currencyCode: 'USD' },
  transactions: [],
  ...changes,
})

const location = {
  hash: '',
  host: 'shop.example',
  hostname: 'shop.example',
  href: 'https://shop.example/checkouts/cn/checkout-token',
  origin: 'https://shop.example',
  pathname: '/checkouts/cn/checkout-token',
  port: '',
  protocol: 'https:',
  search: '',
}

export const exampleContext: Context = {
  document: { characterSet: 'UTF-8', location, referrer: '', title: 'Checkout' },
  navigator: { cookieEnabled: true, language: 'en', languages: ['en'], userAgent: 'example' },
  window: {
    innerHeight: 800,
    innerWidth: 1200,
    location,
    origin: location.origin,
    outerHeight: 800,
    outerWidth: 1200,
    pageXOffset: 0,
    pageYOffset: 0,
    screen: { height: 800, width: 1200 },
    screenX: 0,
    screenY: 0,
    scrollX: 0,
    scrollY: 0,
  },
}

/** All or nothing allowed. */
export const privacyOf = (allowed: boolean): Privacy => ({
  analyticsProcessingAllowed: allowed,
  marketingAllowed: allowed,
  preferencesProcessingAllowed: allowed,
  saleOfDataAllowed: allowed,
})

export const exampleInit = (customerPrivacy: Privacy, customer: Partial<Customer> | null): RegisterInit => ({
  context: exampleContext,
  data: {
    customer,
    cart: null,
    shop: {
      countryCode: 'US',
      myshopifyDomain: 'shop.myshopify.com',
      name: 'Shop',
      paymentSettings: { currencyCode: 'USD' },
      storefrontUrl: null,
    },
    purchasingCompany: null,
  },
  customerPrivacy,
})
