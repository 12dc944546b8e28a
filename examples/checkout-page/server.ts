import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { customerioSnippet, fullstorySnippet, startSandbox, type Workspace } from '@retention-bridge/sandbox'

const WORKSPACE = 'checkout-page'
/** The script tag, and what it loads from beside itself. */
const LIBRARY = /^\/(retention-bridge-full\.iife|chunks\/[\w-]+)\.js$/

export interface CheckoutPage {
  /** The address to open. */
  url: string
  /** What the two vendors' stand-ins hold. */
  workspace: Workspace
  close(): Promise<void>
}

/** Starts the sandbox, and serves the page with the vendors' snippets in it, as a store's template has them. */
export const startCheckoutPage = async (port = 0): Promise<CheckoutPage> => {
  const sandbox = await startSandbox()
  const { origin } = sandbox
  const vendors = [fullstorySnippet, customerioSnippet]
    .map(snippet => `<script>${snippet({ origin, workspace: WORKSPACE })}</script>`)
    .join('\n')

  const page = async () => {
    const html = await readFile(new URL('index.html', import.meta.url), 'utf8')
    return html
      .replace('<!-- the snippets of both vendors -->', () => vendors)
      .replace('%VIEW%', `${origin}/api/${WORKSPACE}/view`)
  }
  const library = (path: string) =>
    readFile(new URL(`../../packages/bridge/dist${path}`, import.meta.url), 'utf8')

  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const [type, read] =
      pathname === '/'
        ? ['text/html; charset=utf-8', page]
        : LIBRARY.test(pathname)
          ? ['text/javascript', library]
          : []
    try {
      if (read) return response.writeHead(200, { 'content-type': type }).end(await read(pathname))
      response.writeHead(404).end()
    } catch {
      response.writeHead(500).end('retention-bridge is not built yet: npm run build')
    }
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    workspace: sandbox.workspace(WORKSPACE),
    close: async () => {
      server.closeAllConnections()
      await Promise.all([sandbox.close(), new Promise(resolve => server.close(resolve))])
    },
  }
}
