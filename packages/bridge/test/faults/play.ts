import { randomUUID } from 'node:crypto'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { eventually, type PageChoice, type Stage, type Store } from '../browser/stage.ts'
import { type Counts, count } from './count.ts'
import { type Heard, listen } from './listen.ts'
import { type Part, SESSION } from './session.ts'

export type Vendor = 'customerio' | 'fullstory'

export interface Result extends Counts {
  /** Exceptions thrown into the page, uncaught ones, unhandled rejections, and what we say on the console. */
  errors: number
  /** Of both vendors, as `status()` tells before each page is left, added up. */
  held: number
  dropped: number
}

/** A page of the shop that is being looked at. */
export interface Scene {
  readonly stage: Stage
  readonly store: Store
  readonly visitor: BrowserContext
  readonly page: Page
  /** Where the library runs: the page, unless a fault puts it into a frame. */
  readonly where: Page | Frame
}

/** One row of the matrix. */
export interface Fault {
  group: string
  what: string
  /** Whose it is; the others have to lose nothing. */
  of: Vendor | 'both' | 'neither'
  /** What each of the two pages consists of. */
  choice?: PageChoice
  /** Before the first page is asked for. */
  begin?(scene: Omit<Scene, 'page' | 'where'>): unknown
  afterBrowsing?(scene: Scene): unknown
  afterLogin?(scene: Scene): unknown
  /** When the first page has been left, or is about to be. */
  between?(scene: Scene): unknown
  /** When all has been said. */
  after?(scene: Scene): unknown
  /** Vendors that hear nothing more on the first and on the second page, so that nobody waits for them. */
  deaf?: readonly [first: readonly Vendor[], second: readonly Vendor[]]
  /** The vendor's SDK takes all calls, and nothing comes of them. */
  swallows?: true
  /** How the first page is left: when everybody has heard (default), or right after the last call. */
  leaves?: 'at once' | 'closed' | 'crashed'
  /** With `leaves`: before the vendors are there. */
  isEarly?: true
  /** In a frame with `sandbox="allow-scripts"`. */
  framed?: true
  /** What is not zero; a text is an upper bound, where chance decides. */
  expected?: Partial<Record<keyof Result, number | `≤ ${number}`>>
  /** Why it is not zero. */
  because?: string
}

const SETUP = `${SESSION}; window.bridge = createBridge({ flags: plan, timeout: 1500 })`

const LAST_OF_PAGE = ['e6', 'e8'] as const

/** Waits until the vendors have all that was said so far, then acts. */
export const midway =
  (act: (scene: Scene) => unknown): Fault['afterBrowsing'] =>
  async scene => {
    await scene.page.waitForFunction(() =>
      Object.values(window.bridge.status().vendors).every(({ held, state }) => !held && state === 'ready'),
    )
    await act(scene)
  }

/** Plays the session under a fault, and counts when everything that is expected to arrive has. */
export const play = async (stage: Stage, fault: Fault): Promise<{ result: Result; problems: string[] }> => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const heard = listen(visitor)
  const seen = { held: 0, dropped: 0, thrown: 0 }
  const url = () => store.url({ setup: SETUP, ...fault.choice })
  const [first, second] = [url(), url()]
  const [deafFirst, deafSecond] = fault.deaf ?? [[], []]

  await fault.begin?.({ stage, store, visitor })
  let scene: Scene = { stage, store, visitor, ...(await open(await visitor.newPage(), first, fault)) }
  if (fault.leaves) {
    if (!fault.isEarly) await ready(scene)
    await scene.where.evaluate(
      ([next, leaves]) => {
        for (const part of ['browse', 'logIn'] as const) window.say(part)
        if (leaves === 'at once') location.assign(next)
      },
      [second, fault.leaves] as const,
    )
    if (fault.leaves === 'closed') await scene.page.close({ runBeforeUnload: true })
    if (fault.leaves === 'crashed') await crash(scene.page)
  } else {
    await say(scene, 'browse')
    await fault.afterBrowsing?.(scene)
    await say(scene, 'logIn')
    await fault.afterLogin?.(scene)
    await heardAll(store, 0, deafFirst)
    await note(scene, fault, seen)
  }
  await fault.between?.(scene)
  const stays = !fault.leaves || fault.leaves === 'at once'
  if (fault.leaves === 'at once') await scene.page.waitForURL(second, { waitUntil: 'commit' })
  const page = stays ? scene.page : await visitor.newPage()
  scene = { stage, store, visitor, ...(await open(page, second, fault)) }
  await say(scene, 'goOn')
  await heardAll(store, 1, deafSecond)
  await say(scene, 'logOut')
  await fault.after?.(scene)

  const read = () => result(store, heard, seen)
  await until(() => isExpected(read(), fault))
  await markers(scene, deafSecond)
  await note(scene, fault, seen)
  const final = read()
  await visitor.close()
  return { result: final, problems: heard.errors }
}

const open = async (page: Page, url: string, { framed }: Fault) => {
  if (framed) {
    await page.route('**/frame', route =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe sandbox="allow-scripts" src="${url}"></iframe>`,
      }),
    )
    await page.goto(new URL('/frame', url).href)
    await page.waitForFunction(() => frames.length === 1)
  } else if (page.url() !== url) await page.goto(url, { waitUntil: 'commit' })
  const where = framed ? (page.frames()[1] as Frame) : page
  await where.waitForFunction(() => window.loaded)
  return { page, where }
}

const ready = ({ where }: Scene) =>
  where.waitForFunction(() =>
    Object.values(window.bridge.status().vendors).every(({ state }) => state === 'ready'),
  )

/** As when the browser runs out of memory: the page's process is gone. */
const crash = async (page: Page) => {
  const gone = page.waitForEvent('crash')
  const session = await page.context().newCDPSession(page)
  session.send('Page.crash').catch(() => {})
  await gone
}

const say = (scene: Scene, part: Part) => scene.where.evaluate(name => window.say(name), part)

/** Waits until each vendor that hears has the last that was said on a page. */
const heardAll = async (store: Store, page: 0 | 1, deaf: readonly Vendor[]) => {
  const last = LAST_OF_PAGE[page]
  const { customerio, fullstory } = store
  await until(
    () =>
      (deaf.includes('customerio') || customerio.view().calls.some(({ name }) => name === last)) &&
      (deaf.includes('fullstory') ||
        (fullstory.view().sessions.some(({ events }) => events.some(({ name }) => name === last)) &&
          fullstory.sessionsWhere(page ? 'purchase_count' : 'cart_flow_variant').length > 0)),
  )
}

/** Adds up what the bridge says of the page that is about to be left. */
const note = async (
  { where }: Scene,
  { swallows }: Fault,
  seen: { held: number; dropped: number; thrown: number },
) => {
  // What waits for an answer waits for a while only; what waits for an SDK stays.
  await where
    .waitForFunction(
      all =>
        Object.values(window.bridge.status().vendors).every(({ state, held }) =>
          state === 'ready' ? !held : !all && state !== 'waiting',
        ),
      swallows,
      { timeout: 15_000 },
    )
    .catch(() => {})
  const { vendors, thrown } = await where.evaluate(() => ({
    vendors: Object.values(window.bridge.status().vendors),
    thrown: window.thrown,
  }))
  for (const { held, dropped } of vendors) {
    seen.held += held
    seen.dropped += dropped
  }
  seen.thrown += thrown
}

/** Behind everything that is still on its way to a vendor that hears; not through the bridge. */
const markers = async ({ store, where }: Scene, deaf: readonly Vendor[]) => {
  const marker = `settled_${randomUUID().replaceAll('-', '')}`
  await where.evaluate(
    ([name, silent]) => {
      if (!silent.includes('customerio')) window.cioanalytics.track(name)
      if (!silent.includes('fullstory')) window.FS('trackEvent', { name, properties: {} })
    },
    [marker, deaf] as const,
  )
  const { customerio, fullstory } = store
  await until(
    () =>
      (deaf.includes('customerio') || customerio.view().calls.some(({ name }) => name === marker)) &&
      (deaf.includes('fullstory') ||
        fullstory.view().sessions.some(({ events }) => events.some(({ name }) => name === marker))),
  )
}

const result = (store: Store, heard: Heard, seen: { held: number; dropped: number; thrown: number }) => ({
  ...count({ store, sent: heard.sent }),
  errors: heard.errors.length + seen.thrown,
  held: seen.held,
  dropped: seen.dropped,
})

/** Whether nothing more has to arrive; what `status()` says is not known yet. */
const isExpected = (found: Result, fault: Fault) =>
  differences(found, fault).every(name => name === 'held' || name === 'dropped')

/** The names of the numbers that are not as a fault has them. */
export const differences = (found: Result, { expected = {} }: Fault): (keyof Result)[] =>
  (Object.keys(found) as (keyof Result)[]).filter(name => {
    const allowed = expected[name] ?? 0
    return typeof allowed === 'string' ? found[name] > Number(allowed.slice(2)) : found[name] !== allowed
  })

/** Waits for a condition, or gives up: what is missing then shows in the numbers. */
const until = (condition: () => boolean) => eventually(condition, Boolean, 'in time').catch(() => {})

declare global {
  interface Window {
    say(part: Part): void
    thrown: number
  }
}
