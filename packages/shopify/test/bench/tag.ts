/**
 * Prints how many long tasks (over 50 ms) a page of the shop has while it loads, and how long they take, on this
 * processor and slowed down four times: with neither the vendors nor the tag, with the tag alone, with the vendors, with all.
 */
import type { BrowserContext, Page } from 'playwright-core'
import { openStage } from '../../../bridge/test/browser/stage.ts'
import { openShop } from '../browser/shop.ts'

const LOADS = 15
const RATES = [1, 4]
/** Milliseconds after the page's `load` in which whatever the scripts go on with has happened. */
const AFTER = 1500

const TAG = '**/assets/retention-bridge*'
const VENDORS = ['**/analytics.min.js', '**/fs.js*']
const CASES: Record<string, string[]> = {
  neither: [TAG, ...VENDORS],
  'tag alone': VENDORS,
  vendors: [TAG],
  all: [],
}

const load = async (page: Page, url: string, rate: number): Promise<number[]> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  await page.goto(url, { waitUntil: 'load' })
  return page.evaluate(
    after =>
      new Promise<number[]>(resolve => {
        const tasks: number[] = []
        new PerformanceObserver(list => {
          for (const { duration } of list.getEntries()) tasks.push(duration)
        }).observe({ type: 'longtask', buffered: true })
        setTimeout(resolve, after, tasks)
      }),
    AFTER,
  )
}

const blocked = async (context: BrowserContext, patterns: string[]) => {
  for (const pattern of patterns) await context.route(pattern, route => route.abort())
}

const median = (values: number[]) =>
  values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

const stage = await openStage()
const shop = await openShop(stage.sandbox.origin, stage.store(), [])
try {
  const rows: Record<string, object> = {}
  for (const rate of RATES)
    for (const [name, patterns] of Object.entries(CASES)) {
      const counts: number[] = []
      const sums: number[] = []
      for (let turn = 0; turn < LOADS; turn++) {
        const context = await stage.visitor()
        await blocked(context, patterns)
        const tasks = await load(await context.newPage(), shop.url('/'), rate)
        counts.push(tasks.length)
        sums.push(tasks.reduce((sum, duration) => sum + duration, 0))
        await context.close()
      }
      rows[`${rate}×, ${name}`] = {
        'long tasks, median': median(counts),
        'ms in them, median': Math.round(median(sums)),
      }
    }
  console.table(rows)
} finally {
  await shop.close()
  await stage.close()
}
