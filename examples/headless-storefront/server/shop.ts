import { fileURLToPath } from 'node:url'
import { type ServedShop, type ShopOptions, serveShop } from '../../storefront/server/serve-shop.ts'
import type { Cart } from '../src/cart/storefront-api.ts'
import { cartServer } from './cart-server.ts'
import { vendorScript } from './vendor-script.ts'

export interface HeadlessShop extends ServedShop {
  /** What both vendors received, as JSON. */
  viewUrl: string
  /** What Shopify would hold of the visitors' carts, by id. */
  carts: ReadonlyMap<string, Cart>
}

/** Starts the vendors' stand-ins, the cart server's, and the shop. */
export async function startHeadlessShop(options: ShopOptions = {}): Promise<HeadlessShop> {
  const carts = new Map<string, Cart>()
  let viewUrl = ''
  const shop = await serveShop('headless-storefront', options, vendors => {
    viewUrl = `${vendors.origin}/api/${vendors.workspace}/view`
    return {
      root: fileURLToPath(new URL('..', import.meta.url)),
      appType: 'spa',
      // All of it at the start: a discovery in the middle of a visit would reload the page.
      optimizeDeps: {
        noDiscovery: true,
        include: ['react', 'react/jsx-dev-runtime', 'react-dom/client', 'react-router'],
      },
      plugins: [vendorScript(vendors), cartServer(carts)],
    }
  })
  return { ...shop, viewUrl, carts }
}
