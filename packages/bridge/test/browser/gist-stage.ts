import { type GistSnippetOptions, gistSnippet } from '@retention-bridge/sandbox'
import type { BrowserContext, Page } from 'playwright-core'
import { AUTO, becomes, UNTIL } from './found-sdk.ts'
import { eventually, openPage, openStage, type PageChoice, type Store } from './stage.ts'

/** Waits for Gist, and writes down from then on what it is told about the user. */
export const WATCHED = `
  ${UNTIL} await until(() => window.Gist?.initialized)
  window.told = []
  for (const method of ['setUserToken', 'clearUserToken']) {
    const own = Gist[method]
    Gist[method] = function (...given) { told.push([method, ...given]); return own.apply(this, given) }
  }`

/** A page with Gist. */
export interface Choice extends PageChoice {
  gist?: Partial<GistSnippetOptions>
}

/** What Gist keeps under a name. */
export const stored = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(key => JSON.parse(localStorage.getItem(key) ?? '{}').value ?? null, `gist.web.${name}`)
/** What Gist was told, see {@link WATCHED}. */
export const told = (page: Page): Promise<unknown[]> =>
  page.evaluate(() => (window as unknown as { told: unknown[] }).told)

/** Reads ONE-ID back: Gist's own storage, FullStory's own answer and what the bridge says. */
export const ids = async (page: Page) => {
  const status = await page.evaluate(() => window.bridge.status())
  return {
    token: await stored(page, 'userToken'),
    fullstory: await page.evaluate(() => window.FS('getConfig').user?.uid ?? null),
    status: [status.identity.id, status.vendors.customerio.id, status.vendors.fullstory.id],
  }
}
/** {@link ids} that agree. */
export const allAre = (id: string | null) => ({ token: id, fullstory: id, status: [id, id, id] })

/** Waits until Gist was told all, and FullStory's collector has it, too. Events do not reach Customer.io here. */
export const settled = async (page: Page, store: Store) => {
  await becomes(page, 'ready')
  const marker = `settled_${Math.random().toString(36).slice(2)}`
  await page.evaluate(name => {
    window.bridge.flush({ timeout: 30_000 }).then(() => window.bridge.track(name))
  }, marker)
  await eventually(
    () => store.fullstory.view().sessions.flatMap(({ events }) => events.map(({ name }) => name)),
    seen => seen.includes(marker),
    'all has arrived',
  )
}
/** The messages that Gist shows on a page, once there are some. */
export const inboxOf = (page: Page) =>
  eventually(
    () =>
      page.evaluate(async () => {
        const messages: { properties: object }[] = await Object(window).Gist.getInboxMessages()
        return messages.map(({ properties }) => properties)
      }),
    messages => messages.length > 0,
    'a message',
  )

/** The stage, with pages of this kind. */
export const openGistStage = async () => {
  const stage = await openStage()
  const url = (store: Store, { gist, setup = AUTO, ...choice }: Choice = {}) => {
    const before = gistSnippet({ origin: stage.sandbox.origin, workspace: store.id, ...gist })
    return store.url({ customerio: false, before, setup, ...choice })
  }
  const open = async (store: Store, choice?: Choice, visitor?: BrowserContext) =>
    openPage(visitor ?? (await stage.visitor()), url(store, choice))
  return { ...stage, url, open }
}
