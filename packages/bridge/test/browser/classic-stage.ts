import { classicSnippet } from '@retention-bridge/sandbox'
import type { BrowserContext, Page } from 'playwright-core'
import { eventually, names, openPage, openStage, type PageChoice, type Store } from './stage.ts'

/** Runs in the page: a bridge that finds what there is, and gives up soon. */
export const AUTO = 'window.bridge = createBridge({ flags: plan, timeout: 1500 });'

/** For scripts of a page: waits until something is there. */
export const UNTIL =
  'const until = async there => { while (!there()) await new Promise(resolve => setTimeout(resolve, 5)) };'

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

/** Waits for a state of Customer.io, and gives its status. */
export const becomes = (page: Page, state: string) =>
  eventually(
    () => page.evaluate(() => window.bridge.status().vendors.customerio),
    status => status.state === state,
    `Customer.io becomes ${state}`,
  )
/** Waits until Customer.io has an event. */
export const arrives = (store: Store, event: string) =>
  eventually(
    () => names(store.customerio.view().calls.map(({ name }) => ({ name: name ?? '' }))),
    events => events.includes(event),
    `${event} arrives`,
  )
/** What either vendor would have refused. */
export const violations = (store: Store) => [...store.fullstory.violations, ...store.customerio.violations]

/** Keeps the snippet's script from this visitor until the returned function is called. */
export const holdScript = async (visitor: BrowserContext) => {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await visitor.route('**/track.js', async route => {
    await held
    await route.continue()
  })
  return release
}

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
