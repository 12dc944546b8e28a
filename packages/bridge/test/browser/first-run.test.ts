import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  eventually,
  holdScripts,
  names,
  openPage,
  openStage,
  type Stage,
  settled,
  type Way,
} from './stage.ts'
import { vendorPackages } from './vendor-packages.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const WAYS: Way[] = ['esm', 'script tag']
const SNIPPETS = ['2.1', '2.0', '1.3'] as const

describe.each(WAYS)('%s', way => {
  test.each(SNIPPETS)('browse, log in, set flags, log out, with snippet %s', async fullstory => {
    const store = stage.store()
    const { page, problems } = await openPage(
      await stage.visitor(),
      store.url({ way, fullstory, setup: 'window.bridge = createBridge({ flags: plan })' }),
    )
    await page.evaluate(() => {
      window.bridge.track('product_added_to_cart', { sku: 'mug', price: 12.5 })
    })
    await settled(page, store)
    const anonymous = store.fullstory.view().sessions
    expect(anonymous).toMatchObject([{ uid: null }])

    const result = await page.evaluate(() =>
      window.bridge.identify('cust_1042', {
        traits: { email: 'ada@example.com', first_name: 'Ada' },
        flags: { vip_tier: 'gold' } as object,
      }),
    )
    expect(result).toMatchObject({ outcome: 'stitched', id: 'cust_1042', previousId: null })
    await page.evaluate(() => {
      window.bridge.setFlags({
        cart_abandoner_4h: true,
        purchase_count: 3,
        aov: 80.25,
        last_order_date: new Date('2026-01-02T03:04:05Z'),
        cart_flow_variant: 'b',
      } as object)
      window.bridge.track('checkout_started', { cart_value: 129.5, currency: 'USD' })
    })
    await settled(page, store)

    const known = store.fullstory.view()
    const ada = store.customerio.person('cust_1042')
    expect(known.sessions).toHaveLength(1)
    expect(known.sessions[0]).toMatchObject({ id: anonymous[0]?.id, uid: 'cust_1042', endedAt: null })
    expect(names(known.sessions[0]?.events)).toEqual(['product_added_to_cart', 'checkout_started'])
    expect(known.users[0]?.properties).toMatchObject({
      vip_tier: { value: 'gold', type: 'str' },
      cart_abandoner_4h: { value: true, type: 'bool' },
      purchase_count: { value: 3, type: 'int' },
      aov: { value: 80.25, type: 'real' },
      last_order_date: { value: '2026-01-02T03:04:05.000Z', type: 'date' },
      cart_flow_variant: { value: 'b', type: 'str' },
    })
    expect(ada).toMatchObject({ id: 'cust_1042', email: 'ada@example.com', identifyCalls: 1 })
    expect(names(ada?.events)).toEqual(['product_added_to_cart', 'checkout_started'])
    expect(ada?.events[0]).toMatchObject({ merged: true, userId: null })
    expect(ada?.attributes).not.toHaveProperty('vip_tier')
    expect(store.fullstory.sessionsWhere('vip_tier', 'gold').map(session => session.id)).toEqual([
      anonymous[0]?.id,
    ])
    expect(store.fullstory.sessionsWhere('vip_tier', 'silver')).toEqual([])
    const status = await page.evaluate(() => window.bridge.status())
    expect(status.identity).toEqual({ state: 'known', id: 'cust_1042' })
    expect(status.vendors.customerio).toMatchObject({ state: 'ready', id: 'cust_1042' })
    expect(status.vendors.fullstory.state).toBe('ready')
    if (fullstory !== '1.3') expect(status.vendors.fullstory).toMatchObject({ api: 'v2', id: 'cust_1042' })

    await page.evaluate(() => {
      window.bridge.logout()
      window.bridge.track('page_left')
    })
    await settled(page, store)
    const after = store.fullstory.view()
    expect(after.sessions.map(session => [session.uid, names(session.events)])).toEqual([
      ['cust_1042', ['product_added_to_cart', 'checkout_started']],
      [null, ['page_left']],
    ])
    expect(names(store.customerio.person('cust_1042')?.events)).not.toContain('page_left')
    expect(store.customerio.view().anonymous.flatMap(visitor => names(visitor.events))).toEqual(['page_left'])
    expect([...after.violations, ...store.customerio.violations]).toEqual([])
    expect(problems).toEqual([])
  })
})

test('an AnalyticsBrowser and the FullStory of the npm packages, given to createBridge', async () => {
  const store = stage.store()
  // The package asks for its in-app messages at fixed ports.
  store.settings.inApp = false
  const { origin } = stage.sandbox
  const visitor = await stage.visitor()
  await visitor.route('**/vendors.js', route => route.fulfill({ body: vendorPackages() }))
  const { page, problems } = await openPage(
    visitor,
    store.url({
      customerio: false,
      fullstory: 'none',
      scripts: ['/vendors.js'],
      setup: `
        const analytics = vendors.AnalyticsBrowser.load({ writeKey: '${store.id}', cdnURL: '${origin}' })
        window.bridge = createBridge({ flags: plan, customerio: analytics, fullstory: vendors.FullStory })
        bridge.track('before_login')
        bridge.identify('cust_7', { flags: { vip_tier: 'gold' } })
        // The page initializes FullStory only now: until then its function throws.
        const host = '${new URL(origin).host}'
        vendors.init({ orgId: '${store.id}', host, script: host + '/s/${store.id}/fs.js' })`,
    }),
  )
  await settled(page, store)
  expect(names(store.customerio.person('cust_7')?.events)).toEqual(['before_login'])
  expect(store.fullstory.sessionsWhere('vip_tier', 'gold')).toMatchObject([{ uid: 'cust_7' }])
  expect([...store.fullstory.violations, ...store.customerio.violations]).toEqual([])
  expect(problems).toEqual([])
})

describe('ORDER', () => {
  const SCRIPT = `
    window.bridge = createBridge({ flags: plan })
    bridge.identify('A'); bridge.track('one'); bridge.logout(); bridge.identify('B'); bridge.track('two')
  `
  test.each(WAYS)('calls made before either vendor has loaded arrive in order (%s)', async way => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const release = await holdScripts(visitor)
    const { page, problems } = await openPage(visitor, store.url({ way, setup: SCRIPT }))
    const before = await page.evaluate(() => window.bridge.status())
    // Both events, and one for all changes of the person.
    expect(before.vendors.customerio).toMatchObject({ state: 'waiting', held: 3 })
    expect(store.customerio.view().calls).toEqual([])
    release()
    await settled(page, store)

    expect(names(store.customerio.person('A')?.events)).toEqual(['one'])
    expect(names(store.customerio.person('B')?.events)).toEqual(['two'])
    const { sessions, violations } = store.fullstory.view()
    expect(sessions.map(session => [session.uid, names(session.events)])).toEqual(
      expect.arrayContaining([
        ['A', ['one']],
        ['B', ['two']],
      ]),
    )
    const after = await page.evaluate(() => window.bridge.status())
    expect(after.vendors.customerio.id).toBe('B')
    expect(after.vendors.fullstory.id).toBe('B')
    expect([...violations, ...store.customerio.violations]).toEqual([])
    expect(problems).toEqual([])
  })

  test('the vendor’s own buffer gets the same calls wrong', async () => {
    const store = stage.store()
    const { page } = await openPage(
      await stage.visitor(),
      store.url({
        fullstory: 'none',
        setup: `cioanalytics.identify('A'); cioanalytics.track('one'); cioanalytics.reset();
          cioanalytics.identify('B'); cioanalytics.track('two')`,
      }),
    )
    await eventually(
      () => store.customerio.view().calls.filter(call => call.type === 'track').length,
      count => count === 2,
      'both events',
    )
    expect(names(store.customerio.person('A')?.events)).not.toEqual(['one'])
    await page.close()
  })
})
