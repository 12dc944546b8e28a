import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  customerioSnippet,
  fullstorySnippet,
  launchBrowser,
  startSandbox,
  type Workspace,
} from '@retention-bridge/sandbox'
import type { Browser, BrowserContext } from 'playwright-core'
import { type BuiltFile, buildPeer } from './build-peer.ts'
import type { PageFacts } from './peers/peer.ts'
import { watchMessages } from './settle.ts'

export interface PageChoice {
  user?: PageFacts['user']
  /** The page brings the vendors' snippets along; those who load them themselves do without. */
  snippets?: boolean
  /** HTML that comes before everything else. */
  body?: string
  /** Without it, the page has the snippets only. */
  script?: boolean
}

export interface BenchStage {
  browser: Browser
  /** An account of a shop with both vendors, whose pages use one peer. */
  shop(peer: string): Promise<Shop>
  close(): Promise<void>
}

export interface Shop {
  workspace: Workspace
  url(choice?: PageChoice): string
  /** Address of the peer's script, for a page to import. */
  script: string
  /** A browser that reaches nothing but this machine. */
  visitor(): Promise<BrowserContext>
}

/** Peers that load both vendors themselves. */
const LOADS_VENDORS = ['analytics', 'segment', 'sentry']

export const openBenchStage = async (): Promise<BenchStage> => {
  const texts = new Map<string, string>()
  const built = new Map<string, Promise<BuiltFile[]>>()
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*/, '')
    const text = texts.get(path)
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
    })
    response.end(text)
  })
  const [sandbox, browser] = await Promise.all([
    startSandbox(),
    launchBrowser(),
    new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)),
  ])
  const page = `http://localhost:${(server.address() as AddressInfo).port}`

  const shop = async (peer: string): Promise<Shop> => {
    const workspace = sandbox.workspace(`ws-${randomUUID().slice(0, 8)}`)
    workspace.settings.fullstoryDestination = peer === 'destination'
    const files = await (built.get(peer) ?? built.set(peer, buildPeer(peer)).get(peer))
    for (const { path, text } of files ?? [])
      texts.set(`/${workspace.id}/${path}`, ofSandbox(text, sandbox.origin, workspace.id))
    return {
      workspace,
      script: `/${workspace.id}/index.js`,
      url: ({ user = null, snippets = !LOADS_VENDORS.includes(peer), body = '', script = true } = {}) => {
        const path = `/${workspace.id}/${randomUUID().slice(0, 8)}`
        const facts = { origin: sandbox.origin, workspace: workspace.id, user }
        texts.set(
          path,
          `<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script>window.facts = ${JSON.stringify(facts)}</script>${snippets ? vendors(sandbox.origin, workspace.id) : ''}${body}
${script ? `<script type="module" src="/${workspace.id}/index.js"></script>` : ''}`,
        )
        return page + path
      },
      visitor: async () => {
        const context = await browser.newContext()
        watchMessages(context)
        // Twenty tabs on a machine that has other work, too.
        context.setDefaultTimeout(120_000)
        await context.route(
          url => url.hostname !== 'localhost',
          route => {
            const settings = /cdn\.segment\.com\/v1\/projects\/.*\/settings/.test(route.request().url())
            return settings
              ? route.fulfill({ json: segmentSettings(sandbox.origin, workspace.id) })
              : route.abort()
          },
        )
        return context
      },
    }
  }

  return {
    browser,
    shop,
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      await Promise.all([sandbox.close(), new Promise(resolve => server.close(resolve))])
    },
  }
}

const vendors = (origin: string, workspace: string) =>
  [fullstorySnippet({ origin, workspace }), customerioSnippet({ origin, workspace })]
    .map(text => `<script>${text}</script>`)
    .join('')

/**
 * Segment sends what it was told on to Customer.io from its own servers. Here its messages go to Customer.io's
 * server directly, which takes the same format: as if nothing ever went wrong in between.
 */
const segmentSettings = (origin: string, workspace: string) => ({
  integrations: {
    'Segment.io': { apiKey: workspace, apiHost: `${new URL(origin).host}/v1`, protocol: 'http' },
  },
  remotePlugins: [],
})

/** The peers' packages know FullStory's and Segment's addresses by heart, and https only. */
const ofSandbox = (text: string, origin: string, workspace: string) =>
  text
    .replaceAll('https://edge.fullstory.com/s/fs.js', `${origin}/s/${workspace}/fs.js`)
    .replaceAll('edge.fullstory.com/s/fs.js', `${new URL(origin).host}/s/${workspace}/fs.js`)
    .replaceAll(/(["'`])https:\/\/\1\s*\+/g, '$1http://$1+')
    .replaceAll('`https://${', '`http://${')
