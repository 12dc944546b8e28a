import { can } from '@retention-bridge/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { devtoolsOf, eventually, openPage, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const FLAG_CALLS = 10_000
const EVENTS = 5_000
const LAST = FLAG_CALLS + EVENTS
/** One event of 125 is important. */
const IMPORTANT = Array.from({ length: EVENTS / 125 }, (_, index) => `checkout_${(index + 1) * 125}`)

/** Runs in the page: makes so many calls within a minute, most of them steadily, the others in three bursts. */
const speak = (last: number): Promise<void> => {
  const { bridge } = window
  const began = performance.now()
  const bursts = [1_000, 21_000, 41_000]
  const burst = 1_500
  let call = 0
  const say = () => {
    call++
    const event = call / 3
    if (Number.isInteger(event)) bridge.track(event % 125 ? `viewed_${event}` : `checkout_${event}`)
    else bridge.setFlags({ purchase_count: call, aov: call / 8, cart_flow_variant: `call ${call}` } as object)
  }
  return new Promise(resolve => {
    const speakOn = () => {
      const passed = performance.now() - began
      const steady = ((last - bursts.length * burst) * passed) / 59_000
      const due = steady + bursts.filter(at => at < passed).length * burst
      while (call < Math.min(due, last)) say()
      if (call < last) setTimeout(speakOn, 20)
      else resolve()
    }
    speakOn()
  })
}

/** Bytes that the page's scripts hold. */
const heapOf = async (page: Page): Promise<number> => {
  const devtools = await devtoolsOf(page)
  await devtools.send('Performance.enable')
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  await devtools.detach()
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
}

/** A page that talks to FullStory alone: the requests to Customer.io, many thousand, would be what is measured. */
const open = async (fullstory: string) => {
  const store = stage.store()
  const setup = `window.bridge = createBridge({ flags: plan, customerio: false, fullstory: ${fullstory} });
    bridge.identify('cust_1', { flags: { vip_tier: 'gold' } })`
  const { page, problems } = await openPage(await stage.visitor(), store.url({ setup, customerio: false }))
  await page.evaluate(() => window.bridge.flush())
  return { store, page, problems, heap: can('devtools') ? await heapOf(page) : 0 }
}

test('10,000 setFlags and 5,000 track calls in a minute, by V2 and by V1 at a time (BUDGET)', async () => {
  const pages = await Promise.all([`'auto'`, `{ api: 'v1' }`].map(open))
  await Promise.all(pages.map(({ page }) => page.evaluate(speak, LAST)))
  for (const { store, page, problems, heap } of pages) {
    // Compared with a page that has said next to nothing.
    if (can('devtools')) expect((await heapOf(page)) / heap).toBeLessThan(1.35)
    const view = () => store.fullstory.view()
    await eventually(
      () => view().users[0]?.properties.purchase_count?.value,
      value => value === LAST - 1,
      'the last value is not there',
    )
    expect(view().users[0]?.properties).toMatchObject({
      vip_tier: { value: 'gold' },
      aov: { value: (LAST - 1) / 8 },
      cart_flow_variant: { value: `call ${LAST - 1}` },
    })
    const important = () =>
      view().sessions.flatMap(({ events }) =>
        events.map(({ name }) => name).filter(name => name.startsWith('checkout_')),
      )
    await eventually(
      important,
      names => names.length >= IMPORTANT.length,
      'not every important event is there',
    )
    expect(important()).toEqual(IMPORTANT)
    const { held } = await page.evaluate(() => window.bridge.status().vendors.fullstory)
    expect(held).toBeLessThanOrEqual(201)
    expect([view().violations, problems]).toEqual([[], []])
  }
}, 150_000)
