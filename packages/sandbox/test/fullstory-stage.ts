import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import chromium from '@sparticuz/chromium'
import { Hono } from 'hono'
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core'
import { FullStoryCollector } from '../src/fullstory/collector.ts'
import { type FullStoryWorkspace, fullstoryRoutes } from '../src/fullstory/routes.ts'
import { type FullStorySnippetOptions, fullstorySnippet } from '../src/fullstory/snippet.ts'

type SnippetChoice = Partial<Omit<FullStorySnippetOptions, 'origin' | 'workspace'>>

/** One FullStory org with pages that carry the vendor's real snippet. */
export interface Org extends FullStoryWorkspace {
  id: string
  collector: FullStoryCollector
  /** Registers a page and returns its address; `inline` is a script that runs right after the snippet. */
  page(options?: SnippetChoice & { before?: string; inline?: string; body?: string }): string
  /** Waits until everything a page has sent so far is stored. */
  settled(page: Page): Promise<void>
}

export interface Stage {
  org(): Org
  /** A browser of somebody else: own cookies. */
  visitor(): Promise<BrowserContext>
  close(): Promise<void>
}

// In one process all browser contexts share their cookies, and without web security no CORS mistake shows.
const UNFIT_ARGUMENTS = ['--single-process', '--disable-web-security']

export async function openStage(): Promise<Stage> {
  const orgs = new Map<string, Org>()
  const documents = new Map<string, string>()
  const app = new Hono()
  app.route(
    '/',
    fullstoryRoutes(id => {
      const org = orgs.get(id)
      if (!org) throw new Error(`no org ${id}`)
      return org
    }),
  )
  app.get('/page/:name', context => context.html(documents.get(context.req.param('name')) ?? ''))

  const { server, port } = await listen(app)
  const origin = `http://localhost:${port}`
  const browser: Browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter(argument => !UNFIT_ARGUMENTS.includes(argument)),
    headless: true,
  })

  return {
    org() {
      const org = createOrg(origin, documents)
      orgs.set(org.id, org)
      return org
    },
    visitor: () => browser.newContext(),
    async close() {
      await browser.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function createOrg(origin: string, documents: Map<string, string>): Org {
  const id = `org-${randomUUID().slice(0, 8)}`
  const collector = new FullStoryCollector()
  return {
    id,
    collector,
    fullstory: collector,
    faults: { fullstoryScript: 'ok', fullstoryCollector: 'ok' },
    page({ before = '', inline = '', body = '', ...snippet } = {}) {
      const name = randomUUID()
      const text = fullstorySnippet({ origin, workspace: id, version: '2.1', ...snippet })
      documents.set(
        name,
        `<!doctype html><head><script>${before}</script><script>${text}</script><script>${inline}</script></head>${body}`,
      )
      return `${origin}/page/${name}`
    },
    async settled(page) {
      const marker = `marker_${randomUUID()}`
      await page.evaluate(name => window.FS('trackEvent', { name }), marker)
      await waitUntil(() =>
        collector.view().sessions.some(({ events }) => events.some(e => e.name === marker)),
      )
    },
  }
}

function listen(app: Hono): Promise<{ server: ReturnType<typeof serve>; port: number }> {
  return new Promise(resolve => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ server, port }),
    )
  })
}

export async function waitUntil(condition: () => unknown, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`still not true: ${condition}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** Opens a page and waits until capture has started. */
export async function openStarted(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await started(page)
  return page
}

export async function started(page: Page): Promise<void> {
  await page.waitForFunction(() => typeof window.FS('getSession') === 'string')
}

export async function sessionId(page: Page): Promise<string> {
  await started(page)
  return String(await page.evaluate(() => window.FS('getSession', { format: 'id' })))
}

/** What `settled` sends is not what a test is about. */
export function eventNames(events: { name: string }[]): string[] {
  return events.map(({ name }) => name).filter(name => !name.startsWith('marker_'))
}

interface StubUnderTest {
  (operation: unknown, options?: unknown, source?: unknown): unknown
  q?: unknown[][]
  _api?: unknown
  _v?: string
  identify(uid: unknown, properties?: object, source?: string): void
  setUserVars(properties: object, source?: string): void
  setVars(scope: string, properties: object): void
  event(name: string, properties?: object, source?: string): void
  anonymize(): void
  shutdown(): void
  restart(): void
  log(...args: unknown[]): void
  consent(given?: boolean): void
  getCurrentSession?: () => string | null
  getCurrentSessionURL?: (now?: boolean) => string | null
}

declare global {
  interface Window {
    FS: StubUnderTest
    seen: unknown[]
    observer: { disconnect(): void; failed?: true }
  }
}
