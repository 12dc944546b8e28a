import { renderThemePage, type ShopifyCustomer } from '@retention-bridge/sandbox'
import { EXAMPLE } from './shopify-liquid.ts'

/** A page of the example theme, as a store serves it. */
export const renderPage = (template: string, customer?: ShopifyCustomer): Promise<string> =>
  renderThemePage(EXAMPLE, template, { customer })
