import { afterAll, beforeAll, expect, test } from 'vitest'
import { FLAG_NAMES, openPage, openStage, type Stage, type Store, settled } from './stage.ts'

declare global {
  interface Window {
    sources: typeof import('../../src/sources/index.ts')
    passed: unknown
  }
}

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const PLAN = `{
  ...plan,
  entered_cart_flow: { type: 'bool' },
  utm_source: { type: 'str' },
}`
const CREATE = `
  window.sources = await import('/dist/sources/index.js')
  const flags = ${PLAN}
  window.bridge = createBridge({ flags })`

/** What a server renders, before the page's scripts. */
const rendered = (...tags: [json: string, id?: string][]) =>
  `</script>${tags
    .map(
      ([json, id]) =>
        `<script type="application/json" data-retention-flags${id === undefined ? '' : ` data-retention-id="${id}"`}>${json}</script>`,
    )
    .join('')}<script>`

const openStore = (): Store => {
  const store = stage.store()
  store.fullstory.declare([...FLAG_NAMES, 'entered_cart_flow', 'utm_source'])
  return store
}

/** The user properties of each person of FullStory's, as `[uid, { name: [type, value] }]`. */
const people = (store: Store) => {
  const { users, violations } = store.fullstory.view()
  expect([...violations, ...store.customerio.view().violations]).toEqual([])
  return users
    .filter(user => user.mergedInto === undefined)
    .map(({ uid, properties }) => [
      uid,
      Object.fromEntries(Object.entries(properties).map(([name, { type, value }]) => [name, [type, value]])),
    ])
}

test('flags of the page are on the session with their types, those of somebody else are nowhere (NO-LEAK)', async () => {
  const store = openStore()
  const setup = `${CREATE}
    bridge.identify('cust_7')
    window.passed = sources.pageFlags(bridge)`
  const before = rendered(
    ['{ "vip_tier": "silver", "purchase_count": 3, "undeclared_flag": "x" }', 'cust_7'],
    ['{ "vip_tier": "none", "cart_abandoner_4h": true }', 'cust_8'],
    ['{ broken', 'cust_7'],
    ['{ "vip_tier": "gold", "aov": 80.5, "last_order_date": "2026-01-02" }', 'cust_7'],
  )
  const { page, problems, warnings } = await openPage(await stage.visitor(), store.url({ before, setup }))
  await settled(page, store)
  const expected = {
    vip_tier: ['str', 'gold'],
    purchase_count: ['int', 3],
    aov: ['real', 80.5],
    last_order_date: ['date', '2026-01-02T00:00:00.000Z'],
  }
  expect(people(store)).toEqual([['cust_7', expected]])

  // Again with the same content, and with a tag that came later.
  const sent = () => page.evaluate(() => window.bridge.status().vendors.fullstory.delivered)
  const delivered = await sent()
  await page.evaluate(() => window.sources.pageFlags(window.bridge))
  await page.evaluate(() => window.bridge.flush())
  expect(await sent()).toBe(delivered)
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<script type="application/json" data-retention-flags>{ "cart_abandoner_4h": false }</script>',
    )
    window.sources.pageFlags(window.bridge)
    window.bridge.logout()
    window.sources.pageFlags(window.bridge)
  })
  await settled(page, store)
  expect(people(store)).toEqual([
    ['cust_7', { ...expected, cart_abandoner_4h: ['bool', false] }],
    [null, {}],
  ])
  expect(problems).toEqual([])
  expect(warnings).toEqual([])
})

test('the development build says once that a tag is no JSON object', async () => {
  const store = openStore()
  const { warnings } = await openPage(
    await stage.visitor(),
    store.url({
      build: 'development',
      before: rendered(['{ "vip_tier": ', 'secret'], ['[1]'], ['nothing']),
      setup: `${CREATE.replace('/dist/', '/dist/development/')}
        sources.pageFlags(bridge)
        sources.pageFlags(bridge)`,
    }),
  )
  expect(warnings).toEqual([
    '[retention-bridge] pageFlags: left out. Expected a JSON object: { "vip_tier": "gold" }',
  ])
})

test('what led to the page is on the session with its types, and the address bar is clean', async () => {
  const store = openStore()
  const setup = `${CREATE}
    history.replaceState({ scroll: 7 }, '')
    window.passed = sources.campaignFlags(bridge, {
      flags,
      remove: true,
      parameters: { tier: 'vip_tier', n: 'purchase_count', v: 'aov', when: 'last_order_date' },
    })`
  const search =
    'q=a%20b&cio_flow=yes&cio_variant=%20b%00&utm_source=a&utm_source=news%20letter&utm_medium=email&tier=GOLD&n=3&v=x&when=2026-01-02&__proto__=1&bad=%E4%ZZ'
  const url = `${store.url({ setup })}?${search}#top`
  const { page, problems, warnings } = await openPage(await stage.visitor(), url)
  await settled(page, store)
  expect(people(store)).toEqual([
    [
      null,
      {
        entered_cart_flow: ['bool', true],
        cart_flow_variant: ['str', 'b'],
        utm_source: ['str', 'news letter'],
        vip_tier: ['str', 'gold'],
        purchase_count: ['int', 3],
        last_order_date: ['date', '2026-01-02T00:00:00.000Z'],
      },
    ],
  ])
  expect(new URL(page.url()).search).toBe('?q=a%20b&utm_medium=email&__proto__=1&bad=%E4%ZZ')
  expect(new URL(page.url()).hash).toBe('#top')
  expect(await page.evaluate(() => history.state)).toEqual({ scroll: 7 })
  expect(await page.evaluate(() => window.bridge.status().warnings)).toEqual([])
  expect(problems).toEqual([])
  expect(warnings).toEqual([])
})

test('a hostile address costs the page next to nothing', async () => {
  const store = openStore()
  const setup = `${CREATE}
    // The least of several: a busy machine interrupts some of them.
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      sources.campaignFlags(bridge, { flags })
      return performance.now() - start
    })
    window.passed = Math.min(...times)
    sources.campaignFlags(bridge, { flags, remove: true })`
  const url = `${store.url({ setup })}?${'a&'.repeat(5e3)}cio_flow&utm_source=${'x'.repeat(3e3)}`
  const { page, problems } = await openPage(await stage.visitor(), url)
  await settled(page, store)
  expect(people(store)).toEqual([[null, { entered_cart_flow: ['bool', true] }]])
  expect(await page.evaluate(() => window.passed)).toBeLessThan(500)
  expect(problems).toEqual([])
})

test('without consent nothing is set and the address stays; granted, the same call sets it (CONSENT)', async () => {
  const store = openStore()
  const setup = CREATE.replace('{ flags }', "{ flags, consent: 'denied' }")
  const { page } = await openPage(
    await stage.visitor(),
    `${store.url({ setup, before: rendered(['{ "vip_tier": "gold" }']) })}?cio_flow=1`,
  )
  const call = () =>
    page.evaluate(
      plan => {
        const flags = plan as { entered_cart_flow: { type: 'bool' } }
        return {
          ...window.sources.campaignFlags(window.bridge as never, { flags, remove: true }),
          ...window.sources.pageFlags(window.bridge),
        }
      },
      { entered_cart_flow: { type: 'bool' } },
    )
  expect(await call()).toEqual({})
  expect(page.url()).toContain('cio_flow')
  await page.evaluate(() => window.bridge.setConsent('granted'))
  expect(await call()).toEqual({ entered_cart_flow: true, vip_tier: 'gold' })
  await settled(page, store)
  expect(people(store)).toEqual([[null, { entered_cart_flow: ['bool', true], vip_tier: ['str', 'gold'] }]])
})
