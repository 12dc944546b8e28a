import { classicSnippet } from '@retention-bridge/sandbox'
import type { BrowserContext, Page } from 'playwright-core'
import { AUTO } from './found-sdk.ts'
import { eventually, holdScripts, names, openPage, openStage, type PageChoice, type Store } from './stage.ts'

/** Reads ONE-ID back: the SDK's cookie, FullStory's own answer and what the bridge says. */
export const ids = async (page: Page) => {
  const cookies = await page.context().cookies()
  const status = await page.evaluate(() => window.bridge.status())
  return {
    cookie: cookies.find(({ name }) => name === '_cioid')?.value ?? null,
    fullstory: await page.evaluate(() => window.FS('getConfig').user?.uid ?? null),
    status: [status.identity.id, status.vendors.customerio.id, status.vendors.fullstory.id],
  }
}
/** {@link ids} that agree. */
export const allAre = (id: string | null) => ({ cookie: id, fullstory: id, status: [id, id, id] })

/** Waits until Customer.io has an event. */
export const arrives = (store: Store, event: string) =>
  eventually(
    () => names(store.customerio.view().calls.map(({ name }) => ({ name: name ?? '' }))),
    events => events.includes(event),
    `${event} arrives`,
  )
/** Keeps the snippet's script from this visitor until the returned function is called. */
export const holdScript = (visitor: BrowserContext) => holdScripts(visitor, ['**/track.js'])

/** The stage, with pages of this kind. */
export const openClassicStage = async () => {
  const stage = await openStage()
  const url = (store: Store, { before = '', setup = AUTO, ...choice }: PageChoice = {}) => {
    const snippet = classicSnippet({
      origin: stage.sandbox.origin,
      workspace: store.id,
      autoTrackPage: false,
    })
    return store.url({ customerio: false, before: snippet + before, setup, ...choice })
  }

  const open = async (store: Store, choice?: PageChoice, visitor?: BrowserContext) =>
    openPage(visitor ?? (await stage.visitor()), url(store, choice))
  return { ...stage, url, open }
}
