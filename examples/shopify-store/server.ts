import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  customerioSnippet,
  fullstorySnippet,
  pastedPixel,
  shopifyStoreListener,
} from '@retention-bridge/sandbox'
import type { Plugin } from 'vite'
import { type ServedShop, type ShopOptions, serveShop } from '../storefront/server/serve-shop.ts'
import { inspectorAddress, type Vendors } from '../storefront/server/vendor-snippets.ts'

const fileAt = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Who has an account; any password will do. */
const CUSTOMERS = [
  {
    id: 1042,
    email: 'ada@example.com',
    first_name: 'Ada',
    orders_count: 3,
    tags: ['VIP-Gold'],
    last_order: { created_at: '2026-01-31T12:00:00+01:00' },
  },
  { id: 2077, email: 'grace@example.com', first_name: 'Grace', orders_count: 0, tags: [] },
]

/** What the guide of `packages/shopify` has a merchant do: the snippet is in the theme, this is the pixel. */
const pixelOf = (vendors: Vendors) =>
  pastedPixel(readFileSync(fileAt('../../packages/shopify/dist/custom-pixel.js'), 'utf8'), vendors)

const store = (vendors: Vendors): Plugin => ({
  name: 'shopify-store',
  configureServer: ({ middlewares }) => {
    const snippets = [fullstorySnippet(vendors), customerioSnippet({ ...vendors, page: true })]
    middlewares.use(
      shopifyStoreListener({
        theme: fileAt('../shopify-theme'),
        header: snippets.map(snippet => `<script>${snippet}</script>`).join(''),
        customers: CUSTOMERS,
        pixel: { runtime: 'lax', pixel: pixelOf(vendors), settings: {} },
      }),
    )
  },
})

/** Starts the vendors' stand-ins and a store on Shopify, with the storefront's inspector. */
export async function startStore(options: ShopOptions = {}): Promise<ServedShop & { inspectorUrl: string }> {
  const shop = await serveShop('shopify-store', options, vendors => ({
    root: fileAt('../storefront'),
    appType: 'mpa',
    optimizeDeps: { noDiscovery: true },
    plugins: [store(vendors), inspectorAddress(vendors)],
  }))
  return { ...shop, inspectorUrl: `${shop.url}inspector.html` }
}
