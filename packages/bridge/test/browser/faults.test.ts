import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  eventually,
  holdScripts,
  names,
  ofFailedScript,
  openPage,
  openStage,
  type PageChoice,
  type Stage,
  type Store,
} from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const SETUP = `
  window.bridge = createBridge({ flags: plan, timeout: 1500 })
  bridge.track('product_added_to_cart')
  bridge.identify('cust_1', { flags: { vip_tier: 'gold' } })
  bridge.track('checkout_started')
`

const open = async (store: Store, choice: PageChoice = {}, setup = SETUP) => {
  const opened = await openPage(await stage.visitor(), store.url({ setup, ...choice }))
  return { ...opened, status: () => opened.page.evaluate(() => window.bridge.status()) }
}

const customerioHasAll = (store: Store) =>
  eventually(
    () => names(store.customerio.person('cust_1')?.events),
    events => events.length === 2,
    'Customer.io has the events',
  )
const fullstoryHasAll = (store: Store) =>
  eventually(
    () => store.fullstory.sessionsWhere('vip_tier', 'gold'),
    sessions => names(sessions[0]?.events).length === 2,
    'FullStory has the events',
  )
const becomes = (page: Page, vendor: 'customerio' | 'fullstory', state: string) =>
  eventually(
    () => page.evaluate(name => window.bridge.status().vendors[name], vendor),
    status => status.state === state,
    `${vendor} becomes ${state}`,
  )

describe('the other vendor gets everything at once, and status() says what is wrong', () => {
  test.each([
    ['blocked', 'blocked'],
    ['hang', 'hung'],
  ] as const)('FullStory %s', async (fault, state) => {
    const store = stage.store()
    store.faults.fullstoryScript = fault
    const { page, problems } = await open(store)
    await customerioHasAll(store)
    const { reason, held, dropped } = await becomes(page, 'fullstory', state)
    if (fault === 'blocked') expect(reason).toMatch(/Error loading/)
    expect({ held, dropped }).toEqual({ held: 4, dropped: 0 })
    expect(problems).toEqual([])
  })

  test.each([
    ['customerioScript', 'blocked', ofFailedScript()],
    ['customerioScript', 500, 'blocked'],
    ['customerioScript', 'hang', 'hung'],
  ] as const)('Customer.io: %s %s', async (part, fault, state) => {
    const store = stage.store()
    store.faults[part] = fault
    const { page, problems } = await open(store)
    await fullstoryHasAll(store)
    const { held, dropped } = await becomes(page, 'customerio', state)
    expect({ held, dropped }).toEqual({ held: 3, dropped: 0 })
    expect(problems).toEqual([])
  })

  test.each(['blocked', 500] as const)('Customer.io: settings %s', async fault => {
    const store = stage.store()
    store.faults.customerioSettings = fault
    const { page, problems } = await open(store)
    await fullstoryHasAll(store)
    await becomes(page, 'customerio', 'blocked')
    // The SDK itself complains of its settings; the bridge adds nothing to that.
    expect(problems.filter(problem => /retention/i.test(problem))).toEqual([])
  })

  test('nothing on the page', async () => {
    const store = stage.store()
    const { page, problems } = await open(store, { fullstory: 'none', customerio: false })
    await becomes(page, 'customerio', 'missing')
    await becomes(page, 'fullstory', 'missing')
    const status = await page.evaluate(() => window.bridge.flush())
    expect(status.vendors).toMatchObject({ customerio: { held: 3 }, fullstory: { held: 4 } })
    expect(problems).toEqual([])
  })

  test('FullStory refuses to capture here', async () => {
    const store = stage.store()
    store.faults.fullstoryCollector = 'blocked'
    const { page, problems } = await open(store)
    await customerioHasAll(store)
    await becomes(page, 'fullstory', 'disabled')
    expect(problems).toEqual([])
  })

  test('each call of FullStory throws', async () => {
    const store = stage.store()
    const { page, problems } = await open(
      store,
      {},
      `window.FS = () => { throw new Error('broken') }; ${SETUP}`,
    )
    await customerioHasAll(store)
    const status = await page.evaluate(() => window.bridge.flush())
    expect(status.vendors.fullstory.delivered).toBe(0)
    expect(problems).toEqual([])
  })
})

describe('a vendor that comes late gets everything', () => {
  test('scripts that answer after the time limit', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const release = await holdScripts(visitor)
    const { page, problems } = await openPage(visitor, store.url({ setup: SETUP }))
    await becomes(page, 'customerio', 'hung')
    await becomes(page, 'fullstory', 'hung')
    release()
    await Promise.all([customerioHasAll(store), fullstoryHasAll(store)])
    await becomes(page, 'customerio', 'ready')
    await becomes(page, 'fullstory', 'ready')
    expect([...store.fullstory.violations, ...store.customerio.violations]).toEqual([])
    expect(problems).toEqual([])
  })

  test('a snippet that is inserted after the time limit is found by the next call', async () => {
    const store = stage.store()
    const { page } = await open(store, { fullstory: 'none' })
    await becomes(page, 'fullstory', 'missing')
    await page.addScriptTag({ content: stage.fullstorySnippet(store) })
    await page.evaluate(() => window.bridge.track('checkout_step'))
    await eventually(
      () => store.fullstory.sessionsWhere('vip_tier', 'gold'),
      sessions => names(sessions[0]?.events).includes('checkout_step'),
      'the late FullStory has it all',
    )
  })
})

test('memory stays bounded while a vendor is missing, and what is given up is counted', async () => {
  const store = stage.store()
  const { page } = await open(
    store,
    { fullstory: 'none' },
    `
    window.bridge = createBridge({ flags: plan, timeout: 100 })
    window.dropped = 0
    bridge.on('dropped', () => window.dropped++)
  `,
  )
  const { held, dropped, heard, value } = await page.evaluate(async () => {
    for (let index = 0; index < 20_000; index++) {
      window.bridge.track(`event_${index}`, { index })
      window.bridge.setFlags({ purchase_count: index } as object)
      if (index % 100 === 0) window.bridge.track('payment_failed', { index })
      if (index % 1000 === 0) window.bridge.identify(`cust_${index}`)
    }
    await Promise.resolve()
    const { vendors, flags } = window.bridge.status()
    const { dropped: heard } = window as unknown as { dropped: number }
    return { ...vendors.fullstory, heard, value: flags.purchase_count?.value }
  })
  expect(held).toBeLessThanOrEqual(400)
  expect(dropped).toBeGreaterThan(19_000)
  expect(heard).toBeGreaterThanOrEqual(dropped)
  expect(value).toBe(19_999)
})
