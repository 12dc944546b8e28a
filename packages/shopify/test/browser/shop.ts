import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { customerioSnippet, fullstorySnippet } from '@retention-bridge/sandbox'
import type { Store } from '../../../bridge/test/browser/stage.ts'
import { type Customer, EXAMPLE } from '../shopify-liquid.ts'
import { renderPage } from '../theme-page.ts'

/** A shop on Shopify: its theme's pages are rendered for who is logged in, its checkout has none of the theme's code. */
export interface Shop {
  url(path: string): string
  close(): Promise<void>
}

/** Shopify's documented API of consent, on a page of somebody who has agreed to all of it. */
const CONSENT = `<script>{
  const allowed = () => true
  const said = { analytics: 'yes', marketing: 'yes', preferences: 'yes', sale_of_data: 'yes' }
  window.Shopify = {
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

/** Which template a path shows. */
const TEMPLATES: Record<string, string> = {
  '/': 'index',
  '/products/mug': 'product',
  '/cart': 'cart',
  '/account/login': 'customers/login',
  '/account': 'customers/account',
}

/** Serves the example theme, with both vendors' snippets where apps put theirs, and a session in a cookie. */
export const openShop = async (origin: string, store: Store, customers: Customer[]): Promise<Shop> => {
  const snippets = [fullstorySnippet, customerioSnippet]
    .map(snippet => `<script>${snippet({ origin, workspace: store.id })}</script>`)
    .join('')
  const customerOf = ({ headers }: IncomingMessage) => {
    const id = /session=(\d+)/.exec(headers.cookie ?? '')?.[1]
    return customers.find(customer => String(customer.id) === id)
  }
  const send = (response: ServerResponse, type: string, body: string, headers = {}) =>
    response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers })
      .end(body)

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const [, asset] = /^\/assets\/([\w.-]+\.js)$/.exec(pathname) ?? []
    if (asset) return send(response, 'text/javascript', await readFile(`${EXAMPLE}/assets/${asset}`, 'utf8'))
    if (pathname === '/account/session') {
      const cookie = `session=${searchParams.get('customer') ?? ''}; path=/`
      return response.writeHead(302, { location: '/account', 'set-cookie': cookie }).end()
    }
    if (pathname.startsWith('/checkouts/'))
      return send(response, 'text/html', '<!doctype html><title>Checkout</title>')
    const template = TEMPLATES[pathname]
    if (!template) return response.writeHead(404).end()
    const html = await renderPage(template, customerOf(request), CONSENT + snippets)
    send(response, 'text/html', html.replaceAll('//cdn.shop.example/assets/', '/assets/'))
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(error => response.writeHead(500).end(String(error)))
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
