import { fileURLToPath } from 'node:url'
import { pageFrame } from './page-frame.ts'
import { type ServedShop, type ShopOptions, serveShop } from './serve-shop.ts'
import { inspectorAddress, vendorSnippets } from './vendor-snippets.ts'

export interface Shop extends ServedShop {
  inspectorUrl: string
}

/** Starts the vendors' stand-ins and the shop. */
export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const shop = await serveShop('storefront', options, vendors => ({
    root: fileURLToPath(new URL('..', import.meta.url)),
    appType: 'mpa',
    // There is nothing to prebundle, and a discovery in the middle of a visit would reload the page.
    optimizeDeps: { noDiscovery: true },
    plugins: [pageFrame(), vendorSnippets(vendors), inspectorAddress(vendors)],
  }))
  return { ...shop, inspectorUrl: `${shop.url}inspector.html` }
}
