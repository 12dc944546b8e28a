import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { browserScript } from '../browser-script.ts'
import { checkoutPage } from './checkout-page.ts'
import type { ShopifyCustomer } from './liquid.ts'
import { renderThemePage } from './theme-page.ts'
import type { RealmStart } from './wire.ts'

/** A store on Shopify. */
export interface ShopifyStoreOptions {
  /** Folder of its theme. */
  theme: string
  /** What apps put into the head of each page: the vendors' snippets. */
  header: string
  /** Those who can log in, each by `email`, with any password. */
  customers: readonly ShopifyCustomer[]
  /** The pixel that its checkout runs. */
  pixel: Omit<RealmStart, 'init'>
}

/** Which template a path shows. */
const TEMPLATES: Record<string, string> = {
  '/': 'index',
  '/products/mug': 'product',
  '/cart': 'cart',
  '/account/login': 'customers/login',
  '/account': 'customers/account',
}

/** Shopify's documented API of consent, on a page of somebody who has agreed to all of it. */
const CONSENT = `<script>{
  const allowed = () => true
  const said = { analytics: 'yes', marketing: 'yes', preferences: 'yes', sale_of_data: 'yes' }
  window.Shopify = {
    country: 'US',
    loadFeatures: (features, loaded) => loaded(),
    customerPrivacy: {
      analyticsProcessingAllowed: allowed,
      marketingAllowed: allowed,
      preferencesProcessingAllowed: allowed,
      saleOfDataAllowed: allowed,
      currentVisitorConsent: () => said,
    },
  }
}</script>`

const realmScript = browserScript(new URL('realm.ts', import.meta.url))

/**
 * Answers for a store: its theme's pages are rendered for who is logged in, its checkout has none of the theme's code.
 */
export const shopifyStore = ({ theme, header, customers, pixel }: ShopifyStoreOptions): Hono => {
  const store = new Hono()
  store.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })
  for (const [path, template] of Object.entries(TEMPLATES))
    store.get(path, async context => {
      const customer = customers.find(({ id }) => String(id) === getCookie(context, 'session'))
      const items = Number(getCookie(context, 'cart') ?? 0)
      const html = await renderThemePage(theme, template, { customer, header: CONSENT + header, items })
      return context.html(html.replaceAll('//cdn.shop.example/assets/', '/assets/'))
    })
  store.get('/assets/:file{[\\w.-]+}', async context => {
    const { file } = context.req.param()
    const type = file.endsWith('.js') ? 'text/javascript' : 'text/css'
    return context.body(await readFile(`${theme}/assets/${file}`), 200, { 'content-type': type })
  })
  store.get('/collections/all', context => context.redirect('/products/mug'))
  store.post('/cart/add', context => {
    setCookie(context, 'cart', String(Number(getCookie(context, 'cart') ?? 0) + 1))
    return context.redirect('/cart')
  })
  store.post('/account/login', async context => {
    const email = String((await context.req.parseBody())['customer[email]']).toLowerCase()
    const customer = customers.find(one => String(one.email).toLowerCase() === email)
    if (!customer) return context.redirect('/account/login')
    setCookie(context, 'session', String(customer.id))
    return context.redirect('/account')
  })
  store.get('/account/logout', context => {
    setCookie(context, 'session', '')
    return context.redirect('/')
  })
  store.get('/checkout', context => context.redirect('/checkouts/cn/1'))
  store.get('/checkouts/cn/1', async context => context.html(await checkoutPage()))
  store.get('/checkouts/pixel.json', async context =>
    context.json({ start: pixel, realmScript: await realmScript() }),
  )
  return store
}

/** The same for a server of Node's; `next` is called for addresses that the store does not have. */
export const shopifyStoreListener = (options: ShopifyStoreOptions) => {
  const store = shopifyStore(options)
  const listener = getRequestListener(store.fetch)
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (TEMPLATES[pathname] || /^\/(account|assets|cart|checkouts?|collections)(\/|$)/.test(pathname))
      void listener(request, response)
    else next()
  }
}
