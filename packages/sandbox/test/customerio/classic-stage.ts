import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import {
  type ClassicSnippetOptions,
  classicSnippet,
  gistSnippet,
  launchBrowser,
  startSandbox,
  type Workspace,
} from '../../src/index.ts'
import { openShop } from '../shop.ts'

type SnippetChoice = Partial<Omit<ClassicSnippetOptions, 'origin' | 'workspace'>>

/** One workspace with pages that carry the classic snippet, or Gist alone. */
export interface Store extends Workspace {
  /** Registers a page and returns its address; `inline` is a script that runs right after the snippet. */
  page(options?: SnippetChoice & { inline?: string }): string
  gistPage(options?: { useAnonymousSession?: boolean }): string
}

export async function openStage() {
  const [sandbox, shop, browser] = await Promise.all([startSandbox(), openShop(), launchBrowser()])
  const { origin } = sandbox
  const html = (...scripts: string[]) =>
    `<!doctype html><head>${scripts.map(text => `<script>${text}</script>`).join('')}</head>`
  return {
    origin,
    store(): Store {
      const workspace = sandbox.workspace(`ws-${randomUUID().slice(0, 8)}`)
      const account = { origin, workspace: workspace.id }
      return {
        ...workspace,
        page: ({ inline = '', ...choice } = {}) =>
          shop.page(html(classicSnippet({ autoTrackPage: false, ...account, ...choice }), inline)),
        gistPage: choice => shop.page(html(gistSnippet({ ...account, ...choice }))),
      }
    },
    /** A browser of somebody else: own cookies. */
    visitor: () => browser.newContext(),
    async close() {
      await browser.close()
      await Promise.all([sandbox.close(), shop.close()])
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Opens a page and waits until the script has replaced its stub. */
export async function openLoaded(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => window._cio.reset)
  return page
}

/** The cookies of the script, decoded. */
export async function cookies(page: Page): Promise<{ id?: string; anonymousId?: string }> {
  const all = await page.context().cookies()
  const read = (name: string) => {
    const cookie = all.find(candidate => candidate.name === name)
    return cookie && decodeURIComponent(cookie.value)
  }
  return { id: read('_cioid'), anonymousId: read('_cioanonid') }
}

interface Classic {
  identify(person?: object): void
  track(name?: string, data?: object): void
  page(url?: string, data?: object): void
  push(call: unknown): void
  /** Only once the script has loaded. */
  reset?(): void
}

declare global {
  interface Window {
    _cio: Classic
  }
}
