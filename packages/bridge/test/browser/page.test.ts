import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, openStage, type PageChoice, type Stage, settled } from './stage.ts'

/** A router changes the page without loading one. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test.each<[api: string, given: unknown, snippet?: PageChoice['fullstory']]>([
  ['v2', 'auto'],
  ['v1', { api: 'v1' }],
  ['v1', 'auto', '1.3'],
])(
  'is a page view in Customer.io and properties of the page in FullStory: %s, %j %s',
  async (api, given, fullstory) => {
    const store = stage.store()
    store.fullstory.declare(['step', 'cart_value'])
    const setup = `window.bridge = createBridge({ flags: plan, fullstory: ${JSON.stringify(given)} })
    bridge.identify('A')`
    const { page, problems } = await openPage(
      await stage.visitor(),
      store.url({ setup, ...(fullstory && { fullstory }) }),
    )
    await page.evaluate(() => {
      history.pushState(null, '', '/checkout')
      window.bridge.page({
        name: 'Checkout',
        properties: { step: 'shipping', cart_value: 12, contact: 'ada@example.com' },
      })
      window.bridge.page({ properties: { step: 'payment' } })
      window.bridge.page()
    })
    await settled(page, store)
    expect(await page.evaluate(() => window.bridge.status().vendors.fullstory.api)).toBe(api)
    const views = store.customerio.view().calls.filter(({ type }) => type === 'page')
    // Requests of one moment overtake each other; the SDK names what has no name by its address.
    expect(new Map(views.slice(-3).map(({ name, data }) => [data.step, name]))).toEqual(
      new Map<unknown, unknown>([
        ['shipping', 'Checkout'],
        ['payment', expect.stringMatching(/\/checkout$/)],
        [undefined, expect.stringMatching(/\/checkout$/)],
      ]),
    )
    expect(views.every(({ userId }) => userId === 'A' || userId === null)).toBe(true)
    const [session] = store.fullstory.view().sessions
    expect(session?.pages.at(-1)?.properties).toEqual({
      pageName: 'Checkout',
      step: 'payment',
      cart_value: 12,
    })
    expect(JSON.stringify([views, session])).not.toContain('ada@')
    expect(await page.evaluate(() => window.bridge.status().warnings.map(({ field }) => field))).toEqual([
      'page.Checkout',
    ])
    expect(problems).toEqual([])
  },
)
