import { expect, it } from 'vitest'
import { ada, configurationOf, scriptsOf } from './shopify-liquid.ts'
import { renderPage } from './theme-page.ts'

it.each(['index', 'product', 'cart', 'customers/login', 'customers/account'])(
  'tells the script tag on %s who is logged in',
  async template => {
    const html = await renderPage(template, ada)
    expect(scriptsOf(html)).toHaveLength(3)
    const { flags, visitor } = configurationOf(html)
    expect(Object.keys(flags)).toHaveLength(8)
    expect(visitor).toMatchObject({ id: '1042', flags: { vip_tier: 'gold', purchase_count: 3 } })
    expect(configurationOf(await renderPage(template)).visitor).toEqual({ id: null })
  },
)
