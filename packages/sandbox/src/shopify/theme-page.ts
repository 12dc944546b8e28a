import { readFileSync } from 'node:fs'
import { type ShopifyCustomer, shopifyLiquid } from './liquid.ts'

interface Template {
  sections: Record<string, { type: string }>
  order: string[]
}

/** What a page is rendered for. */
export interface ThemePage {
  /** Who is logged in. */
  customer?: ShopifyCustomer | undefined
  /** What apps put into the head of the page. */
  header?: string
  /** How many of the one product are in the cart. */
  items?: number
}

/** Shopify's own addresses. */
const ROUTES = {
  root_url: '/',
  all_products_collection_url: '/collections/all',
  cart_url: '/cart',
  account_url: '/account',
  account_login_url: '/account/login',
  account_logout_url: '/account/logout',
}

/**
 * A page of an Online Store 2.0 theme, as a store serves it.
 *
 * @param theme folder of the theme
 * @param template e.g. `customers/login`
 */
export const renderThemePage = async (
  theme: string,
  template: string,
  { customer, header = '', items = 0 }: ThemePage = {},
): Promise<string> => {
  const engine = shopifyLiquid(theme)
  const read = (file: string) => readFileSync(`${theme}/${file}`, 'utf8')
  const { sections, order } = JSON.parse(read(`templates/${template}.json`)) as Template
  const globals = {
    customer,
    content_for_header: header,
    page_title: 'A shop',
    product: { title: 'Mug', selected_or_first_available_variant: { id: 4012 } },
    cart: { items: items ? [{ quantity: items, title: 'Mug' }] : [] },
    request: { locale: { iso_code: 'en' } },
    routes: ROUTES,
    shop: { name: 'A shop' },
  }
  const content = order.map(id => `{% section '${sections[id]?.type}' %}`).join('')
  const content_for_layout: unknown = await engine.parseAndRender(content, {}, { globals })
  return engine.parseAndRender(
    read('layout/theme.liquid'),
    { content_for_layout },
    { globals },
  ) as Promise<string>
}
