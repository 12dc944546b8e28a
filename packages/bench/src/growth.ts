import type { BrowserContext, Page } from 'playwright-core'
import type { BenchStage, Shop } from './bench-stage.ts'
import { ADA } from './journey.ts'
import { watchMainThread } from './main-thread.ts'
import { settlePage } from './settle.ts'
import { TIMED, type Timed } from './times.ts'
import { told } from './told.ts'
import { countVendorCalls, total } from './vendor-calls.ts'

export interface Cost {
  /** Flag writes of each tab. */
  perSecond: number
  tabs: number
  /** Of both vendors, of one tab in a minute. */
  callsPerMinute: number
  /** Milliseconds in which the main thread of one tab works, in a minute. */
  workPerMinute: number
  /** How often a documented limit of FullStory was broken, in all tabs. */
  broken: number
}

export interface Span {
  /** For which flags are written, in milliseconds. */
  rates: number
  tabs: number
}

const RATES = [1, 10, 100, 1000]
const TABS = [5, 20]

export const measureGrowth = async (stage: BenchStage, span: Span): Promise<Record<Timed, Cost[]>> => {
  const costs = {} as Record<Timed, Cost[]>
  for (const peer of TIMED) {
    // Visitors of their own, at the same time: what is counted is calls and the processor time of each page.
    costs[peer] = await Promise.all(
      RATES.map(rate => costOf(stage, peer, { perSecond: rate, tabs: 1, span: span.rates })),
    )
    for (const tabs of TABS)
      costs[peer].push(await costOf(stage, peer, { perSecond: 1, tabs, span: span.tabs }))
    told(`growth, ${peer}`, costs[peer])
  }
  return costs
}

interface Load {
  perSecond: number
  tabs: number
  span: number
}

const costOf = async (stage: BenchStage, peer: string, { perSecond, tabs, span }: Load): Promise<Cost> => {
  const shop = await stage.shop(peer)
  // Its live connection of each tab would use up the six that browsers allow to a server without HTTP/2.
  shop.workspace.settings.inApp = false
  const visitor = await shop.visitor()
  // The first logs in; then the others come, each of which finds somebody who is logged in.
  const first = await openTab(visitor, shop, true)
  const others = Array.from({ length: tabs - 1 }, () => openTab(visitor, shop, false))
  const pages: Page[] = [first, ...(await Promise.all(others))]
  const count = countVendorCalls(shop.workspace)
  const work = await Promise.all(
    pages.map(async page => {
      const { during } = await watchMainThread(page)
      return during(() => page.evaluate(write, { perSecond, span }))
    }),
  )
  const { customerio, fullstory } = total(count())
  const broken = shop.workspace.fullstory.violations.filter(({ rule }) => rule.includes('_rate_')).length
  await visitor.close()
  const minutes = span / 60_000
  return {
    perSecond,
    tabs,
    callsPerMinute: (customerio + fullstory) / tabs / minutes,
    workPerMinute: work.reduce((all, one) => all + one, 0) / tabs / minutes,
    broken,
  }
}

const openTab = async (visitor: BrowserContext, shop: Shop, first: boolean) => {
  const page = await visitor.newPage()
  await page.goto(shop.url({ user: first ? null : ADA }), { waitUntil: 'commit' })
  await page.waitForFunction(() => window.peer)
  if (first) {
    await page.evaluate(({ id, email }) => window.peer.login(id, { email }), ADA)
    await settlePage(page, shop.workspace)
  } else await page.evaluate(() => window.peer.ready().then(() => undefined))
  return page
}

/** Runs in the page. Tabs of one shop write the same: what the shop knows of its visitor. */
const write = ({ perSecond, span }: { perSecond: number; span: number }) =>
  new Promise<void>(resolve => {
    const begun = performance.now()
    let written = 0
    const timer = setInterval(() => {
      const passed = Math.min(performance.now() - begun, span)
      for (; written < (passed / 1000) * perSecond; written++) window.peer.flags({ cart_items: written })
      if (passed < span) return
      clearInterval(timer)
      resolve()
    }, 20)
  })
