import { type Customer, EXAMPLE, read, readJson, shopifyLiquid } from './shopify-liquid.ts'

interface Template {
  sections: Record<string, { type: string }>
  order: string[]
}

/** A page of the example theme, as a store serves it; `header` is what apps put into its head. */
export const renderPage = async (template: string, customer?: Customer, header = ''): Promise<string> => {
  const engine = shopifyLiquid(EXAMPLE)
  const { sections, order } = readJson(`${EXAMPLE}/templates/${template}.json`) as Template
  const globals = {
    customer,
    content_for_header: header,
    product: { title: 'Mug', selected_or_first_available_variant: { id: 4012 } },
    request: { locale: { iso_code: 'en' } },
    shop: { name: 'A shop' },
  }
  const content = order.map(id => `{% section '${sections[id]?.type}' %}`).join('')
  const content_for_layout: unknown = await engine.parseAndRender(content, {}, { globals })
  return engine.parseAndRender(
    read(`${EXAMPLE}/layout/theme.liquid`),
    { content_for_layout },
    { globals },
  ) as Promise<string>
}
