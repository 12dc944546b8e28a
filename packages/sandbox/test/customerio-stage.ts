import { randomUUID } from 'node:crypto'
import type { Analytics } from '@customerio/cdp-analytics-browser'
import type { BrowserContext, Page } from 'playwright-core'
import {
  type CustomerIoSnippetOptions,
  customerioSnippet,
  launchBrowser,
  startSandbox,
  type Workspace,
} from '../src/index.ts'
import { openShop } from './shop.ts'
import { waitUntil } from './wait-until.ts'

export { waitUntil }

type SnippetChoice = Partial<Omit<CustomerIoSnippetOptions, 'origin' | 'workspace'>>

/** One workspace with pages that carry the vendor's snippet. */
export interface Store extends Workspace {
  /** Registers a page and returns its address; `inline` is a script that runs right after the snippet. */
  page(options?: SnippetChoice & { before?: string; inline?: string; head?: string }): string
  /** Address of the tool API of this workspace. */
  api: string
}

export interface Stage {
  origin: string
  store(): Store
  /** A browser of somebody else: own cookies. */
  visitor(): Promise<BrowserContext>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const [sandbox, shop, browser] = await Promise.all([startSandbox(), openShop(), launchBrowser()])
  const { origin } = sandbox
  return {
    origin,
    store() {
      const workspace = sandbox.workspace(`ws-${randomUUID().slice(0, 8)}`)
      return {
        ...workspace,
        api: `${origin}/api/${workspace.id}`,
        page({ before = '', inline = '', head = '', ...snippet } = {}) {
          const text = customerioSnippet({ origin, workspace: workspace.id, ...snippet })
          return shop.page(
            `<!doctype html><head><script>${before}</script><script>${text}</script><script>${inline}</script>${head}</head>`,
          )
        },
      }
    },
    visitor: () => browser.newContext(),
    async close() {
      await browser.close()
      await Promise.all([sandbox.close(), shop.close()])
    },
  }
}

/** Opens a page and waits until the SDK has replaced its stub. */
export async function openReady(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await ready(page)
  return page
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => window.cioanalytics?.initialized)
}

export function eventNames(events: { name: string }[] = []): string[] {
  return events.map(({ name }) => name)
}

/** What a page sees of the SDK, before (an array) and after it has loaded. */
type Cioanalytics = Analytics & unknown[]

declare global {
  interface Window {
    cioanalytics: Cioanalytics
    seen: unknown[]
  }
}
