import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  customerioSnippet,
  fullstorySnippet,
  type ShopifyCustomer,
  shopifyStoreListener,
} from '@retention-bridge/sandbox'
import type { Store } from '../../../bridge/test/browser/stage.ts'
import { EXAMPLE } from '../shopify-liquid.ts'
import { customPixel } from './pixel-stage.ts'

/** A shop on Shopify, with the example theme unless another is given, the pasted pixel in its checkout, and both vendors' snippets where apps put theirs. */
export interface Shop {
  url(path: string): string
  close(): Promise<void>
}

export const openShop = async (
  origin: string,
  store: Store,
  customers: ShopifyCustomer[],
  theme = EXAMPLE,
): Promise<Shop> => {
  const header = [fullstorySnippet, customerioSnippet]
    .map(snippet => `<script>${snippet({ origin, workspace: store.id })}</script>`)
    .join('')
  const pixel = { runtime: 'lax', pixel: customPixel(origin, store), settings: {} } as const
  const answer = shopifyStoreListener({ theme, header, customers, pixel })
  const server = createServer((request, response) => {
    answer(request, response, () => response.writeHead(404).end())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: path => `http://localhost:${port}${path}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
