import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox, type Workspace } from '@retention-bridge/sandbox'
import { createServer } from 'vite'
import { pageFrame } from './page-frame.ts'
import { inspectorAddress, vendorSnippets } from './vendor-snippets.ts'

export interface Shop {
  /** The address to open. */
  url: string
  inspectorUrl: string
  /** What the two vendors' stand-ins hold of this shop. */
  workspace: Workspace
  close(): Promise<void>
}

const WORKSPACE = 'storefront'

export interface ShopOptions {
  /** @default 0, a free one */
  port?: number
  /** Pages reload when their sources change. @default false */
  watch?: boolean
}

/** Starts the vendors' stand-ins and the shop. */
export async function startShop({ port = 0, watch = false }: ShopOptions = {}): Promise<Shop> {
  requireBuiltLibrary()
  const sandbox: Sandbox = await startSandbox()
  const vendors = { origin: sandbox.origin, workspace: WORKSPACE }
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    appType: 'mpa',
    server: {
      host: 'localhost',
      port,
      strictPort: port !== 0,
      ...(watch ? {} : { hmr: false, watch: null }),
    },
    // There is nothing to prebundle, and a discovery in the middle of a visit would reload the page.
    optimizeDeps: { noDiscovery: true },
    plugins: [pageFrame(), vendorSnippets(vendors), inspectorAddress(vendors)],
  })
  try {
    await server.listen()
  } catch (error) {
    await sandbox.close()
    throw error
  }
  const url = server.resolvedUrls?.local[0] ?? ''
  return {
    url,
    inspectorUrl: `${url}inspector.html`,
    workspace: sandbox.workspace(WORKSPACE),
    async close() {
      await server.close()
      await sandbox.close()
    },
  }
}

function requireBuiltLibrary(): void {
  try {
    createRequire(import.meta.url).resolve('retention-bridge')
  } catch {
    throw new Error('retention-bridge is not built yet: npm run build')
  }
}
