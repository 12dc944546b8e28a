import { createRequire } from 'node:module'
import { type Sandbox, startSandbox, type Workspace } from '@retention-bridge/sandbox'
import { createServer, type InlineConfig } from 'vite'
import type { Vendors } from './vendor-snippets.ts'

export interface ShopOptions {
  /** @default 0, a free one */
  port?: number
  /** Pages reload when their sources change. @default false */
  watch?: boolean
}

export interface ServedShop {
  /** The address to open. */
  url: string
  /** What the two vendors' stand-ins hold of this shop. */
  workspace: Workspace
  close(): Promise<void>
}

/**
 * Starts the vendors' stand-ins, and Vite in front of a shop.
 *
 * @param workspace name of the shop's account with both vendors
 * @param configure Vite's configuration of this shop, besides where it listens
 */
export async function serveShop(
  workspace: string,
  { port = 0, watch = false }: ShopOptions,
  configure: (vendors: Vendors) => InlineConfig,
): Promise<ServedShop> {
  requireBuiltLibrary()
  const sandbox: Sandbox = await startSandbox()
  const server = await createServer({
    configFile: false,
    logLevel: 'warn',
    server: {
      host: 'localhost',
      port,
      strictPort: port !== 0,
      ...(watch ? {} : { hmr: false, watch: null }),
    },
    ...configure({ origin: sandbox.origin, workspace }),
  })
  try {
    await server.listen()
  } catch (error) {
    await sandbox.close()
    throw error
  }
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    workspace: sandbox.workspace(workspace),
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
