import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/** A site of its own origin: what pages load from the sandbox is cross-origin, as it is in a store. */
export interface Shop {
  /** Registers a document and gives its address. */
  page(html: string): string
  close(): Promise<void>
}

export async function openShop(): Promise<Shop> {
  const documents = new Map<string, string>()
  const app = new Hono()
  app.get('/page/:name', context => context.html(documents.get(context.req.param('name')) ?? ''))
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(resolve => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, address =>
      resolve({ server, port: address.port }),
    )
  })
  return {
    page(html) {
      const name = randomUUID()
      documents.set(name, html)
      return `http://localhost:${port}/page/${name}`
    },
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}
