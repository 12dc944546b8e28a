import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  can,
  customerioSnippet,
  type FullStorySnippetOptions,
  fullstorySnippet,
  inOrderOf,
  isOfLeaving,
  launchBrowser,
  need,
  type Sandbox,
  startSandbox,
  type Workspace,
} from '@retention-bridge/sandbox'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { packageRoot } from '../../scripts/entry-points.ts'

/** How the page gets the library: the files that are published, never the sources. */
export type Way = 'esm' | 'script tag' | 'own tags'

export interface PageChoice {
  way?: Way
  /** Production or development build. */
  build?: 'production' | 'development'
  fullstory?: FullStorySnippetOptions['version'] | 'none'
  customerio?: boolean
  /** What Customer.io's SDK is loaded with, as JavaScript text. */
  load?: string
  /** Whether Customer.io's snippet reports a page view, as it does unless that line is taken out. */
  pageView?: boolean
  /** Runs before the vendors' snippets. */
  before?: string
  /** With `own tags`: what the page has of the library, wherever `<!-- snippets -->` are the vendors'. */
  tags?: string
  /** What scripts of the page's own carry under a content security policy. */
  nonce?: string
  /** Addresses of scripts to load before `setup`. */
  scripts?: string[]
  /** Runs after them, with `createBridge` and `defineFlags` in scope; `plan` is the shop's flag plan. */
  setup?: string
}

/** One store's account with both vendors, and pages that carry their real snippets. */
export interface Store extends Workspace {
  url(choice?: PageChoice): string
}

export interface Stage {
  sandbox: Sandbox
  browser: Browser
  store(): Store
  /** A page of the same site on which nothing is. */
  blank: string
  /** FullStory's snippet for a store, as a page might insert it itself. */
  fullstorySnippet(store: Workspace): string
  /** A browser of somebody else. */
  visitor(): Promise<BrowserContext>
  close(): Promise<void>
}

const PLAN = `({
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'], aliases: ['VIP', 'vip_customer'] },
  purchase_count: { type: 'int' },
  aov: { type: 'real' },
  last_order_date: { type: 'date' },
  cart_flow_variant: { type: 'str' },
})`
export const FLAG_NAMES = [
  'cart_abandoner_4h',
  'vip_tier',
  'purchase_count',
  'aov',
  'last_order_date',
  'cart_flow_variant',
]

export const openStage = async (): Promise<Stage> => {
  const documents = new Map([['/blank', '<!doctype html><link rel="icon" href="data:,">']])
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').replace(/\?.*/, '')
    const built = /^\/dist\/[\w./-]+\.js$/.test(path)
    const body = built
      ? await readFile(packageRoot + path.slice(1)).catch(() => undefined)
      : documents.get(path)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': built ? 'text/javascript' : 'text/html; charset=utf-8',
      // As a CDN does.
      ...(built && { 'access-control-allow-origin': '*' }),
    })
    response.end(body)
  })
  const [sandbox, browser] = await Promise.all([
    startSandbox(),
    launchBrowser(),
    new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)),
  ])
  const { port } = server.address() as AddressInfo
  return {
    sandbox,
    browser,
    blank: `http://localhost:${port}/blank`,
    store: () => {
      const workspace = sandbox.workspace(`ws-${randomUUID().slice(0, 8)}`)
      workspace.fullstory.declare([...FLAG_NAMES, 'cio_id'])
      return {
        ...workspace,
        url: (choice = {}) => {
          const path = `/page-${randomUUID().slice(0, 8)}`
          documents.set(path, html(sandbox.origin, workspace.id, choice))
          return `http://localhost:${port}${path}`
        },
      }
    },
    fullstorySnippet: store =>
      fullstorySnippet({ origin: sandbox.origin, workspace: store.id, version: '2.1' }),
    visitor: () => browser.newContext(),
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      await Promise.all([sandbox.close(), new Promise(resolve => server.close(resolve))])
    },
  }
}

/**
 * Counts the messages to Customer.io that have no answer yet: each is a request of its own, and they overtake each
 * other.
 */
const COUNT = `window.underWay = 0;
  { const { fetch } = window;
    window.fetch = (...call) => {
      const answer = fetch(...call);
      if (/\\/v1\\/[itpsga]$/.test(call[0])) { underWay++; const over = () => { underWay-- }; answer.then(over, over) }
      return answer
    } }`

const html = (origin: string, workspace: string, choice: PageChoice): string => {
  const {
    way = 'esm',
    build = 'production',
    fullstory = '2.1',
    customerio = true,
    load,
    pageView = false,
    before = '',
    tags = '<!-- snippets -->',
    nonce = '',
    scripts = [],
    setup = '',
  } = choice
  const folder = build === 'development' ? '/dist/development' : '/dist'
  const names = `const { createBridge, defineFlags } = RetentionBridge; const plan = defineFlags(${PLAN});`
  const use =
    way === 'own tags'
      ? `<script>${setup}; window.loaded = true</script>`
      : way === 'esm'
        ? `<script type="module">import * as RetentionBridge from '${folder}/index.js'; ${names} ${setup}; window.loaded = true</script>`
        : `<script src="${folder}/retention-bridge.iife.js"></script><script>{ ${names} ${setup}; window.loaded = true }</script>`
  const snippets = [
    fullstory !== 'none' && fullstorySnippet({ origin, workspace, version: fullstory }),
    customerio && customerioSnippet({ origin, workspace, loadOptions: load, page: pageView }),
  ]
  const vendors = snippets
    .filter(Boolean)
    .map(text => `<script>${text}</script>`)
    .join('')
  const page = `<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script>${COUNT}</script><script>${before}</script>${tags.replace('<!-- snippets -->', () => vendors)}${scripts
    .map(src => `<script src="${src}"></script>`)
    .join('')}${use}`
  return nonce ? page.replaceAll('<script', `<script nonce="${nonce}"`) : page
}

/** What Customer.io is when its script failed, which only resource timing tells from one that hangs. */
export const ofFailedScript = (): 'blocked' | 'hung' => (can('failed-resource-timing') ? 'blocked' : 'hung')

/** How each engine says that a file was not there to be imported. */
export const NOT_IMPORTED = /dynamically imported module|Importing a module script failed/

/** How browsers begin their own lines about a request that failed. */
const OF_THE_BROWSER =
  /^(Failed to load resource|Cross-Origin Request Blocked|Loading (module )?from|Loading failed)/

/** Opens a page and collects everything its console and its errors say. */
export const openPage = async (context: BrowserContext, url: string) => {
  const page = await context.newPage()
  const problems: string[] = []
  const warnings: string[] = []
  const tell = (text: string) => isOfLeaving(text) || problems.push(text)
  page.on('pageerror', error => tell(String(error)))
  page.on('console', message => {
    // The browser's own line for a request that a test made fail is not the page's doing.
    if (message.type() === 'error' && !OF_THE_BROWSER.test(message.text())) tell(message.text())
    if (message.type() === 'warning' && message.text().includes('[retention-bridge]'))
      warnings.push(message.text())
  })
  // The vendors' scripts may never come: the page is there without them.
  await page.goto(url, { waitUntil: 'commit' })
  await page
    .waitForFunction(() => window.loaded, undefined, { timeout: 30_000 })
    .catch(error => {
      throw new Error(`${error.message}\n${problems.join('\n')}`)
    })
  return { page, problems, warnings }
}

/** Chromium's own ways with a page, which other engines lack. */
export const devtoolsOf = (page: Page) => {
  need('devtools')
  return page.context().newCDPSession(page)
}

/** Keeps scripts, those of both vendors by default, from this visitor until the returned function is called. */
export const holdScripts = async (
  visitor: BrowserContext,
  scripts: readonly string[] = ['**/analytics.min.js', '**/fs.js*'],
): Promise<() => void> => {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  for (const script of scripts)
    await visitor.route(script, async route => {
      await held
      await route.continue()
    })
  return release
}

/** Waits until a condition on what the collectors hold is true; then asserts would only repeat it. */
export const eventually = async <T>(
  read: () => T | Promise<T>,
  check: (value: T) => boolean,
  what: string,
): Promise<T> => {
  const end = Date.now() + 15_000
  for (;;) {
    const value = await read()
    if (check(value)) return value
    if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(value, null, 1)}`)
    await new Promise(resolve => setTimeout(resolve, 15))
  }
}

/** Waits until both vendors' collectors have everything that the page has said so far. */
export const settled = async (page: Page, store: Workspace): Promise<void> => {
  const marker = newMarker()
  // Not awaited in the page: an inspector holds a promise weakly, and one that waits for a timer may be collected.
  await page.evaluate(name => {
    window.bridge.flush({ timeout: 30_000 }).then(() => window.bridge.track(name))
  }, marker)
  await arrived(page, store, marker)
}

export const newMarker = (): string => `settled_${randomUUID().replaceAll('-', '')}`

/** Waits until collectors have this event, and everything that the page has said before it. */
export const arrived = async (page: Page, store: Workspace, marker: string, captures = true) => {
  await eventually(
    () => {
      const fullstory = store.fullstory
        .view()
        .sessions.some(session => session.events.some(event => event.name === marker))
      const customerio = store.customerio.view().calls.some(call => call.name === marker)
      return [customerio, !captures || fullstory]
    },
    seen => seen.every(Boolean),
    'not everywhere',
  )
  await page.waitForFunction(() => !window.underWay)
}

/** Names of events without the markers of {@link settled}. */
export const names = (events: readonly { name: string }[] = []): string[] =>
  events.map(event => event.name).filter(name => !name.startsWith('settled_'))

/** {@link names} of Customer.io's events, see {@link inOrderOf}. */
export const namesAs = (expected: readonly string[], events?: readonly { name: string; at: number }[]) =>
  names(inOrderOf(expected, events))

declare global {
  interface Window {
    loaded: true
    /** Messages to Customer.io that have no answer yet. */
    underWay?: number
    bridge: import('../../src/index.ts').Bridge<Record<string, never>>
    // biome-ignore lint/suspicious/noExplicitAny: the vendors' globals, as a page sees them.
    FS: any
  }
}
