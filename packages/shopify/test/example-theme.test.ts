import { expect, it } from 'vitest'
import { ada, configurationOf, EXAMPLE, read, readJson, scriptsOf, shopifyLiquid } from './shopify-liquid.ts'

interface Template {
  sections: Record<string, { type: string }>
  order: string[]
}

/** A page of the example, as a store serves it. */
const visit = async (template: string, customer?: typeof ada) => {
  const engine = shopifyLiquid(EXAMPLE)
  const { sections, order } = readJson(`${EXAMPLE}/templates/${template}.json`) as Template
  const globals = { customer, request: { locale: { iso_code: 'en' } }, shop: { name: 'A shop' } }
  const content = order.map(id => `{% section '${sections[id]?.type}' %}`).join('')
  const content_for_layout: unknown = await engine.parseAndRender(content, {}, { globals })
  return engine.parseAndRender(read(`${EXAMPLE}/layout/theme.liquid`), { content_for_layout }, { globals })
}

it.each(['index', 'product', 'cart', 'customers/login', 'customers/account'])(
  'tells the script tag on %s who is logged in',
  async template => {
    const html = await visit(template, ada)
    expect(scriptsOf(html)).toHaveLength(3)
    const { flags, visitor } = configurationOf(html)
    expect(Object.keys(flags)).toHaveLength(8)
    expect(visitor).toMatchObject({ id: '1042', flags: { vip_tier: 'gold', purchase_count: 3 } })
    expect(configurationOf(await visit(template)).visitor).toEqual({ id: null })
  },
)
