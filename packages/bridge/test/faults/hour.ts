import type { Workspace } from '@retention-bridge/sandbox'
import type { BrowserContext, Page, Request } from 'playwright-core'
import { eventually, type Stage, type Store } from '../browser/stage.ts'
import { randomNumbers } from '../model/randomness.ts'
import { countHour, type GivenUp, type HourCounts, type Said, type Visit } from './hour-truth.ts'
import { listen } from './listen.ts'
import type { Vendor } from './play.ts'

export interface Hour extends HourCounts {
  pages: number
  errors: number
  /** Whether everybody agrees in the end who is there, with the flags that were set last. */
  agrees: boolean
}

const VENDORS: readonly Vendor[] = ['customerio', 'fullstory']
const PEOPLE = ['A', 'B', 'C'] as const
const MINUTES = 60
const ACTIONS_A_PAGE = 5

const SETUP = `
  window.thrown = 0
  window.fates = { customerio: [], fullstory: [] }
  window.bridge = createBridge({ flags: plan, timeout: 1500 })
  bridge.on('delivered', ({ kind, name, vendor }) => { if (kind === 'track') fates[vendor].push(name) })`

type Faults = Workspace['faults']
type Part = Exclude<keyof Faults, 'inApp'>

/** What may happen to each part; a collector that hangs would use up all connections of the browser to this host. */
const MISFORTUNES: Record<Part, readonly Faults[Part][]> = {
  fullstoryScript: ['blocked', 'hang', 500, { delayMs: 1000 }],
  fullstoryCollector: [500, { first: 3, is: 500 }, { first: 2, is: 'blocked' }, { delayMs: 500 }],
  customerioScript: ['blocked', 'hang', 500, { delayMs: 1000 }],
  customerioSettings: ['blocked', 'hang', 500, { delayMs: 1000 }],
  customerioCollector: [500, { first: 3, is: 500 }, { first: 2, is: 'blocked' }, { delayMs: 500 }],
}
const PARTS = Object.keys(MISFORTUNES) as Part[]
const PARTS_OF: Record<Vendor, readonly Part[]> = {
  customerio: ['customerioScript', 'customerioSettings', 'customerioCollector'],
  fullstory: ['fullstoryScript', 'fullstoryCollector'],
}

/** One visitor who uses the shop for an hour of the page's clock, while faults come and go; the same for the same seed. */
export const playHour = async (
  stage: Stage,
  seed: number,
  pages: number,
): Promise<Hour & { problems: string[] }> => {
  const random = randomNumbers(seed)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const store = stage.store()
  const visitor = await stage.visitor()
  const heard = listen(visitor)
  const { givenUp, arrived } = watch(visitor, store)
  await visitor.clock.install()
  const page = await visitor.newPage()

  const said: Said[] = []
  let visit: Visit = { person: null }
  let flag = ''
  let thrown = 0

  const act = async () => {
    const action = random()
    const name = `event_${said.length}`
    if (action < 0.55) said.push({ name, by: visit })
    else if (action < 0.75) flag = `${visit.person ?? 'nobody'}-${said.length}`
    const next = action >= 0.85 ? (visit.person ? null : pick(PEOPLE)) : undefined
    if (next) visit.person = next
    else if (next === null) {
      visit = { person: null }
      flag = ''
    }
    await page.evaluate(
      ([what, event, value, person]) => {
        const { bridge } = window
        try {
          if (what < 0.55) bridge.track(event, { cart_value: 1 })
          else if (what < 0.75)
            bridge.setFlags({ cart_flow_variant: value, unheard_of: 'leak-of-a-flag' } as never)
          else if (what < 0.85) bridge.page({ name: 'shop' })
          else if (person) bridge.identify(person)
          else bridge.logout()
        } catch {
          window.thrown++
        }
      },
      [action, name, flag, next] as const,
    )
  }

  const misfortune = async () => {
    for (const part of PARTS)
      store.faults[part] = random() < 0.1 ? structuredClone(pick(MISFORTUNES[part])) : 'ok'
  }
  const isWell = (vendor: Vendor) => PARTS_OF[vendor].every(part => store.faults[part] === 'ok')

  /** What was said on this page and has not arrived is lost with it, if anything keeps it from arriving. */
  const leave = async (from: number, hurried: boolean, wellAll: Record<Vendor, boolean>) => {
    const names = said.slice(from).map(({ name }) => name)
    for (const vendor of VENDORS) {
      const missing = () => names.filter(name => !arrived[vendor]().has(name) && !givenUp[vendor].has(name))
      if (!hurried && wellAll[vendor])
        await eventually(missing, ({ length }) => !length, `${vendor} has all`).catch(() => {})
      else for (const name of missing()) givenUp[vendor].add(name)
    }
    thrown += await page.evaluate(() => window.thrown)
  }

  for (let number = 0; number < pages; number++) {
    const isLast = number === pages - 1
    if (isLast) for (const part of PARTS) store.faults[part] = 'ok'
    else await misfortune()
    const wellAll = { customerio: isWell('customerio'), fullstory: isWell('fullstory') }
    await page.goto(store.url({ setup: SETUP }), { waitUntil: 'commit' })
    await page.waitForFunction(() => window.loaded)
    if (visit.person) await page.evaluate(id => void window.bridge.identify(id), visit.person)
    // Time is not passed while an SDK loads that can: its own time limits would end that.
    await page
      .waitForFunction(
        well =>
          Object.entries(window.bridge.status().vendors).every(
            ([name, { state }]) => state === 'ready' || !well[name as Vendor],
          ),
        wellAll,
        { timeout: 15_000 },
      )
      .catch(() => {})
    const from = said.length
    for (let count = 0; count < ACTIONS_A_PAGE; count++) {
      await act()
      await page.clock.fastForward((random() * 2 * MINUTES * 6e4) / pages / ACTIONS_A_PAGE)
      if (isLast || random() < 0.9) continue
      for (const part of ['fullstoryCollector', 'customerioCollector'] as const)
        store.faults[part] = random() < 0.5 ? structuredClone(pick(MISFORTUNES[part])) : 'ok'
      for (const vendor of VENDORS) wellAll[vendor] &&= isWell(vendor)
    }
    await leave(from, !isLast && random() < 0.1, wellAll)
  }

  const agrees = await eventually(
    () => ends(page, store, visit, flag),
    Boolean,
    'all agree in the end',
  ).catch(() => false)
  const counts = countHour(store, said, givenUp, `${heard.sent.customerio}${heard.sent.fullstory}`)
  await visitor.close()
  return { pages, ...counts, errors: heard.errors.length + thrown, agrees, problems: heard.errors }
}

/** Both SDKs answer who is there, and FullStory has the flag that was set last. */
const ends = async (page: Page, store: Store, { person }: Visit, flag: string) => {
  const { vendors, identity } = await page.evaluate(() => window.bridge.status())
  const { users } = store.fullstory.view()
  const value = users.find(({ uid }) => uid === person)?.properties.cart_flow_variant?.value
  return (
    [identity.id, vendors.customerio.id, vendors.fullstory.id].every(id => id === person) &&
    (!person || !flag || value === flag)
  )
}

/** What has arrived at each vendor, and what the network says that it has lost. */
const watch = (visitor: BrowserContext, store: Store) => {
  const givenUp: GivenUp = { customerio: new Set(), fullstory: new Set() }
  const lose = (request: Request) => {
    if (!/\/v1\/t$/.test(request.url())) return
    const { event } = JSON.parse(request.postData() ?? '{}') as { event?: string }
    if (event) givenUp.customerio.add(event)
  }
  visitor.on('requestfailed', lose)
  visitor.on('response', response => {
    if (response.status() >= 500) lose(response.request())
  })
  const arrived = {
    customerio: () => new Set(store.customerio.view().calls.map(({ name }) => name ?? '')),
    fullstory: () =>
      new Set(store.fullstory.view().sessions.flatMap(({ events }) => events.map(({ name }) => name))),
  }
  return { givenUp, arrived }
}
