import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from '../src/engines/launch.ts'
import type { FullStoryCollector } from '../src/fullstory/collector.ts'
import { type FullStorySnippetOptions, fullstorySnippet } from '../src/fullstory/snippet.ts'
import { type Sandbox, startSandbox } from '../src/sandbox.ts'
import type { Workspace } from '../src/workspace.ts'
import { openShop, type Shop } from './shop.ts'
import { waitUntil } from './wait-until.ts'

export { waitUntil }

type SnippetChoice = Partial<Omit<FullStorySnippetOptions, 'origin' | 'workspace'>>

/** One FullStory org with pages that carry the vendor's real snippet. */
export interface Org {
  id: string
  faults: Workspace['faults']
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

export async function openStage(): Promise<Stage> {
  const [sandbox, shop, browser] = await Promise.all([startSandbox(), openShop(), launchBrowser()])
  return {
    org: () => createOrg(sandbox, shop),
    visitor: () => browser.newContext(),
    async close() {
      await browser.close()
      await Promise.all([sandbox.close(), shop.close()])
    },
  }
}

function createOrg({ origin, workspace }: Sandbox, shop: Shop): Org {
  const { id, faults, fullstory: collector } = workspace(`org-${randomUUID().slice(0, 8)}`)
  return {
    id,
    faults,
    collector,
    page({ before = '', inline = '', body = '', ...snippet } = {}) {
      const text = fullstorySnippet({ origin, workspace: id, ...snippet })
      return shop.page(
        `<!doctype html><head><script>${before}</script><script>${text}</script><script>${inline}</script></head>${body}`,
      )
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
