import { isOfLeaving, type Workspace } from '@retention-bridge/sandbox'
import type { BrowserContext, Page } from 'playwright-core'
import type { BenchStage, Shop } from './bench-stage.ts'
import { ADA, eventName, JOURNEY, type Step, userOf } from './journey.ts'
import { settlePage } from './settle.ts'
import { brokenRules, type EventTally, heldByCustomerio, heldByFullstory, tallyEvents } from './tally.ts'
import { countVendorCalls, type VendorCalls } from './vendor-calls.ts'

/** What FullStory holds of the five flags at the end of the pages, each flag of each page counted once. */
export interface FlagTally {
  right: number
  /** Missing, or not the value that was written last. */
  stale: number
  /** Written to somebody else. */
  wrongPerson: number
}

export interface Correctness {
  calls: VendorCalls
  rules: Record<string, number>
  flags: FlagTally
  customerio: EventTally
  fullstory: EventTally
  /** Whom each vendor has at the end, when nobody is logged in. */
  idsAtTheEnd: { customerio: string | null; fullstory: string | null }
  /** Exceptions that reached the page. */
  thrown: string[]
}

const VENDORS = [/\/fs\.js/, /\/analytics\.min\.js/, /\/track\.js/, /cdn\.segment\.com/]

export const runJourney = async (stage: BenchStage, peer: string): Promise<Correctness> => {
  const shop = await stage.shop(peer)
  const calls = countVendorCalls(shop.workspace)
  const visitor = await shop.visitor()
  const page = await visitor.newPage()
  const thrown: string[] = []
  page.on('pageerror', ({ message }) => {
    if (!isOfLeaving(message)) thrown.push(message)
  })
  const flags: FlagTally = { right: 0, stale: 0, wrongPerson: 0 }
  for (const [index, step] of JOURNEY.entries()) {
    await take(page, shop, step, index + 1)
    if (step.timing !== 'left') compareFlags(flags, step, shop.workspace)
  }
  const idsAtTheEnd = {
    customerio: await idOfCustomerio(visitor),
    fullstory: current(shop.workspace)?.uid ?? null,
  }
  await visitor.close()
  const events = 2 * JOURNEY.length
  return {
    calls: calls(),
    rules: brokenRules(shop.workspace),
    flags,
    customerio: tallyEvents(events, heldByCustomerio(shop.workspace)),
    fullstory: tallyEvents(events, heldByFullstory(shop.workspace)),
    idsAtTheEnd,
    thrown,
  }
}

const take = async (page: Page, shop: Shop, step: Step, number: number) => {
  const release = step.timing === 'ready' ? undefined : await hold(page)
  // Who is logged in is in the page that the server has rendered; on the page of a login, nobody is yet.
  await page.goto(shop.url({ user: userOf(number) }), { waitUntil: 'commit' })
  await page.waitForFunction(() => window.peer)
  if (!release) await page.evaluate(() => window.peer.ready().then(() => undefined))
  await page.evaluate(
    ({ calls, ada, prefix }) => {
      for (const call of calls) {
        if ('page' in call) window.peer.page(call.page)
        else if ('flags' in call) window.peer.flags(call.flags)
        else if ('track' in call) window.peer.track(prefix + call.track, { step: call.track })
        else if ('login' in call) window.peer.login(ada.id, { email: ada.email })
        else window.peer.logout()
      }
    },
    { calls: step.calls, ada: ADA, prefix: eventName('' as unknown as number) },
  )
  if (step.timing === 'late') await release?.()
  if (step.timing !== 'left') await settlePage(page, shop.workspace)
  if (step.timing === 'left') {
    await page.goto('about:blank')
    await release?.()
  }
}

/** Keeps the vendors from a page until the returned function is called. */
const hold = async (page: Page): Promise<() => Promise<void>> => {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  for (const script of VENDORS)
    await page.route(script, async route => {
      await held
      // A request of a page that is gone has nobody to answer.
      await route.fallback().catch(() => {})
    })
  return async () => {
    release()
    for (const script of VENDORS) await page.unroute(script)
  }
}

const current = ({ fullstory }: Workspace) => {
  const latest = (pages: { startedAt: number }[]) => Math.max(...pages.map(({ startedAt }) => startedAt))
  return fullstory
    .view()
    .sessions.sort((one, other) => latest(one.pages) - latest(other.pages))
    .at(-1)
}

const compareFlags = (tally: FlagTally, { flags, owner }: Step, workspace: Workspace) => {
  const session = current(workspace)
  const holder = workspace.fullstory.view().users.find(({ id }) => id === session?.userId)
  const known = session?.uid ?? null
  for (const [name, value] of Object.entries(flags)) {
    const held = holder?.properties[name] ?? holder?.properties[camelCase(name)]
    if (known !== null && owner !== 'ada') tally.wrongPerson++
    else if (held?.value === value) tally.right++
    else tally.stale++
  }
}

/** As `@analytics/fullstory` names what it is given, which is documented: no mistake of its own. */
const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** By the cookies that Customer.io's SDKs and Segment's keep. */
const idOfCustomerio = async (visitor: BrowserContext) => {
  const cookies = await visitor.cookies()
  const cookie = cookies.find(({ name, value }) => ['ajs_user_id', '_cioid'].includes(name) && value !== '')
  return cookie ? decodeURIComponent(cookie.value).replaceAll('"', '') : null
}
