import { randomUUID } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { customerioSnippet, fullstorySnippet, type Sandbox, type Workspace } from '@retention-bridge/sandbox'
import type { Browser, Page, Request } from 'playwright-core'
import { eventually } from '../browser/stage.ts'
import type { Site } from './serve.ts'

export interface Bytes {
  raw: number
  brotli: number
}

/** A store's account with both vendors, and the snippets of its pages. */
export const openStore = (sandbox: Sandbox): { workspace: Workspace; vendors: string } => {
  const workspace = sandbox.workspace(`ws-${randomUUID().slice(0, 8)}`)
  workspace.fullstory.declare(['vip_tier'])
  const place = { origin: sandbox.origin, workspace: workspace.id }
  return { workspace, vendors: `${fullstorySnippet(place)}\n${customerioSnippet(place)}` }
}

/** What both collectors know of the person whom every consumer identifies; `true` is as it should be. */
const arrived = ({ fullstory, customerio }: Workspace) => {
  const user = fullstory.view().users.find(({ uid }) => uid === 'cust_1042')
  const person = customerio.view().people.find(({ id }) => id === 'cust_1042')
  return {
    fullstory: user?.properties.vip_tier?.value === 'gold' || user,
    customerio: person?.attributes.vip_tier?.value === 'gold' || person,
  }
}

/**
 * Answers what waits until a page has all that it has asked its own server for, and has done what it leaves for when it is
 * idle: frameworks then fetch what may come next. Not for the whole network, on which the vendors keep a stream open.
 */
const watchLoading = (page: Page, origin: string) => {
  const underWay = new Set<Request>()
  page.on('request', request => {
    if (new URL(request.url()).origin === origin) underWay.add(request)
  })
  page.on('requestfinished', request => underWay.delete(request))
  page.on('requestfailed', request => underWay.delete(request))
  return () =>
    eventually(
      async () => {
        await page.evaluate(() => new Promise<void>(idle => requestIdleCallback(() => idle())))
        return [...underWay].map(request => request.url())
      },
      ({ length }) => length === 0,
      'It goes on loading',
    )
}

/** Opens a page and waits for `done`; what it has loaded of its own scripts, after that. */
const open = async (browser: Browser, url: string, done: () => Promise<unknown>): Promise<string[]> => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const { origin } = new URL(url)
  const loaded = watchLoading(page, origin)
  const problems: string[] = []
  const scripts: Promise<string>[] = []
  page.on('pageerror', error => problems.push(String(error)))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  page.on('response', response => {
    const own = new URL(response.url()).origin === origin
    if (own && response.request().resourceType() === 'script') scripts.push(response.text())
  })
  try {
    await page.goto(url)
    await done()
    await loaded()
    if (problems.length) throw new Error('The page has complained')
    return await Promise.all(scripts)
  } catch (error) {
    throw new Error(`${url}: ${error}\n${problems.join('\n')}`, { cause: error })
  } finally {
    await context.close()
  }
}

const bytesOf = (scripts: string[]): Bytes => ({
  raw: scripts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  brotli: scripts.reduce((sum, text) => sum + brotliCompressSync(text).length, 0),
})

export interface Visit {
  /** Of this library: what the page has downloaded more than the one without it. */
  bytes: Bytes
  /** Everything that the page has downloaded from its own origin. */
  scripts: string[]
}

/** Opens a consumer's page with the vendors' real SDKs, and waits until both know the person and the flag. */
export const visit = async (
  browser: Browser,
  site: Site,
  { workspace, path, bare }: { workspace: Workspace; path: string; bare: string },
): Promise<Visit> => {
  const without = bytesOf(await open(browser, site.origin + bare, async () => {}))
  const scripts = await open(browser, site.origin + path, () =>
    eventually(
      () => arrived(workspace),
      known => known.fullstory === true && known.customerio === true,
      'Not at both vendors',
    ),
  )
  const broken = [...workspace.fullstory.view().violations, ...workspace.customerio.view().violations]
  if (broken.length) throw new Error(`Rules of the vendors broken: ${JSON.stringify(broken)}`)
  if (site.problems()) throw new Error(`The server has complained: ${site.problems()}`)
  const total = bytesOf(scripts)
  return {
    bytes: { raw: total.raw - without.raw, brotli: total.brotli - without.brotli },
    scripts,
  }
}
