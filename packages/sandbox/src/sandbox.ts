import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { allowAnyOrigin } from './cross-origin.ts'
import { classicRoutes } from './customerio/classic/routes.ts'
import { inAppRoutes } from './customerio/in-app/routes.ts'
import { customerioRoutes } from './customerio/routes.ts'
import type { ServerEnvironment } from './fault.ts'
import { fullstoryRoutes } from './fullstory/routes.ts'
import { toolApi } from './tool-api.ts'
import { type Workspace, Workspaces } from './workspace.ts'

export interface Sandbox {
  /** `http://localhost:PORT` */
  origin: string
  /** Made on first use. */
  workspace(id: string): Workspace
  close(): Promise<void>
}

export interface SandboxOptions {
  /** @default 0, a free one */
  port?: number
}

/** Both vendors' servers, on loopback only. */
export async function startSandbox({ port = 0 }: SandboxOptions = {}): Promise<Sandbox> {
  const workspaces = new Workspaces()
  const app = new Hono<ServerEnvironment>()
  app.use(allowAnyOrigin)
  app.route('/', fullstoryRoutes(workspaces.get))
  app.route('/', customerioRoutes(workspaces.get))
  app.route('/', classicRoutes(workspaces.get))
  app.route('/', inAppRoutes(workspaces.get))
  app.route('/', toolApi(workspaces.get))
  const { server, actualPort } = await listen(app, port)
  return {
    origin: `http://localhost:${actualPort}`,
    workspace: workspaces.get,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      // Streams and hanging answers would keep the server from closing.
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

function listen(app: Hono<ServerEnvironment>, port: number) {
  return new Promise<{ server: ReturnType<typeof serve>; actualPort: number }>((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, address =>
      resolve({ server, actualPort: address.port }),
    )
    server.once('error', reject)
  })
}
