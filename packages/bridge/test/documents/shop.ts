import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  customerioSnippet,
  fullstorySnippet,
  launchBrowser,
  startSandbox,
  type Workspace,
} from '@retention-bridge/sandbox'
import type { Page } from 'playwright-core'
import { entryPoints, packageRoot } from '../../scripts/entry-points.ts'

export interface Shop {
  /** Opens a page with both vendors' snippets, unless it loads them itself, in a browser of somebody new. */
  open(body: string, choice?: PageChoice): Promise<Visit>
  close(): Promise<void>
}

export interface PageChoice {
  /** It loads both tools itself. */
  ownVendors?: boolean
  /** It calls `load` of Customer.io's snippet itself. */
  ownLoad?: boolean
  /** What there is before the page is opened. */
  before?: (workspace: Workspace, page: Page) => void
}

export interface Visit {
  page: Page
  workspace: Workspace
  /** What the page's console and errors say. */
  problems: string[]
  /** Waits until everything was said, and gives what was wrong with it. */
  complaints(): Promise<unknown[]>
  end(): Promise<void>
}

/** Where a page imports the library from. It is the development build, which says what was wrong. */
const IMPORTS = {
  ...Object.fromEntries(entryPoints.map(({ specifier, name }) => [specifier, `/${name}.js`])),
  '@retention-bridge/shopify': '/shopify/index.js',
}

/** What Shopify has of a theme. */
const THEME_ASSETS = `${packageRoot}../shopify/extensions/retention-bridge-theme/assets/`

/** As a CDN says it. */
const CORS = { 'access-control-allow-origin': '*' }

const fileOf = (path: string): string =>
  path.startsWith('/shopify/')
    ? `${packageRoot}../shopify/dist/${path.slice(9)}`
    : `${packageRoot}dist/development${path}`

/** A shop whose pages are what the documents show, and whose vendors are the sandbox. */
export const openShop = async (): Promise<Shop> => {
  const pages = new Map<string, string>()
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const script = /\.js$/.test(pathname)
    const body = script ? await readFile(fileOf(pathname)).catch(() => undefined) : pages.get(pathname)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': script ? 'text/javascript' : 'text/html; charset=utf-8',
      'access-control-allow-origin': '*',
    })
    response.end(body)
  })
  const [sandbox, browser] = await Promise.all([
    startSandbox(),
    launchBrowser(),
    new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)),
  ])
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`

  return {
    open: async (body, { ownVendors = false, ownLoad = false, before } = {}) => {
      const workspace = sandbox.workspace(`ws-${randomUUID().slice(0, 8)}`)
      const from = { origin: sandbox.origin, workspace: workspace.id }
      const snippets = ownVendors
        ? ''
        : `<script>${fullstorySnippet(from)}</script><script>${customerioSnippet({ ...from, load: !ownLoad })}</script>`
      pages.set(
        '/',
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script>const writeKey = '${workspace.id}'</script>${snippets}<div id="root"></div>
${body.replace(/YOUR_(WRITE_KEY|ORG_ID)/g, workspace.id)}</html>`,
      )
      const context = await browser.newContext()
      // What loads the vendors by their own addresses gets the sandbox, too.
      await context.route(/^https:\/\/[\w.]*(customer\.io|fullstory\.com)\//, async route => {
        const url = new URL(route.request().url())
        const path = url.pathname.replace(/^\/s\/fs.js/, `/s/${workspace.id}/fs.js`)
        const response = await route.fetch({ url: `${sandbox.origin}${path}${url.search}` })
        const text = await response.text()
        await route.fulfill({ response, body: text })
      })
      await context.route('https://cdn.example/**', route =>
        route.fulfill({
          path: fileOf(new URL(route.request().url()).pathname),
          headers: CORS,
        }),
      )
      // Pinned by its hash: the published file, not the development build.
      await context.route(/^https:\/\/cdn\.jsdelivr\.net\/npm\/retention-bridge@/, route =>
        route.fulfill({
          path: `${packageRoot}${new URL(route.request().url()).pathname.replace(/^.*?\/dist/, 'dist')}`,
          headers: CORS,
        }),
      )
      await context.route(/^http:\/\/cdn\.shop\.example\//, route =>
        route.fulfill({
          path: `${THEME_ASSETS}${new URL(route.request().url()).pathname.split('/').at(-1)}`,
          headers: CORS,
        }),
      )
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', error => problems.push(String(error)))
      page.on('console', message => {
        if (message.type() === 'error' || message.text().includes('[retention-bridge]'))
          problems.push(message.text())
      })
      before?.(workspace, page)
      await page.goto(`${origin}/`)
      return {
        page,
        workspace,
        problems,
        complaints: async () => {
          const warnings = await page.evaluate(async () => {
            const { retention_bridge: bridge } = window as never as {
              retention_bridge?: import('../../src/index.ts').Bridge<never>
            }
            await bridge?.ready?.()
            return (await bridge?.flush?.())?.warnings ?? []
          })
          return [
            ...problems,
            ...warnings,
            ...workspace.fullstory.violations,
            ...workspace.customerio.violations,
          ]
        },
        end: () => context.close(),
      }
    },
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      await Promise.all([sandbox.close(), new Promise(resolve => server.close(resolve))])
    },
  }
}
