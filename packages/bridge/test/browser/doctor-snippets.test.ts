import { customerioSnippet, fullstorySnippet, need } from '@retention-bridge/sandbox'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BRIDGE, expectFinding, foundOn, openDoctorStage, SOON } from './doctor-stage.ts'

/** Snippets that are not on the page as they should be. */
let stage: Awaited<ReturnType<typeof openDoctorStage>>
beforeAll(async () => {
  stage = await openDoctorStage()
})
afterAll(() => stage.close())

describe('namespace', () => {
  test.each([
    ['an object of the page', '{}', '2.1', 'object'],
    ['a function of the page', '() => {}', '2.1', 'function'],
    ['an object, and an older snippet', '{}', '2.0', 'object'],
  ] as const)('FS is %s', async (_, value, fullstory, got) => {
    const { page } = await stage.open({
      fullstory,
      setup: SOON,
      before: `window._fs_namespace = 'FS'; window.FS = ${value}`,
    })
    await expectFinding(page, { code: 'namespace', about: 'fullstory', expected: 'FS', got })
  })

  test("the snippet's global was taken away", async () => {
    const { page } = await stage.open({ setup: `delete window.FS; ${SOON}` })
    await expectFinding(page, { code: 'namespace', about: 'fullstory', expected: 'FS', got: 'undefined' })
  })

  test("Customer.io's snippet has another global", async () => {
    const store = stage.store()
    const { origin } = stage.sandbox
    const { page } = await stage.open({
      store,
      customerio: false,
      setup: SOON,
      before: customerioSnippet({ origin, workspace: store.id, globalKey: 'analytics' }),
    })
    await expectFinding(page, {
      code: 'namespace',
      about: 'customerio',
      expected: 'cioanalytics',
      got: 'analytics',
    })
    await expectFinding(page, { code: 'missing', about: 'customerio' })
  })

  test('not of SDKs that were given', async () => {
    const store = stage.store()
    const { origin } = stage.sandbox
    const { page } = await stage.open({
      store,
      customerio: false,
      fullstory: 'none',
      before: `window.FS = {}
        ${customerioSnippet({ origin, workspace: store.id, globalKey: 'analytics' })}
        ${fullstorySnippet({ origin, workspace: store.id, namespace: 'FS2' })}`,
      setup: `while (!analytics.initialized) await new Promise(resolve => setTimeout(resolve, 5))
        window.bridge = createBridge({ flags: plan, customerio: analytics, fullstory: FS2 });
        bridge.identify('cust_1042', { flags: { vip_tier: 'gold' } });`,
    })
    await page.evaluate(() =>
      window.bridge
        .ready({ timeout: 15_000 })
        .then(() => window.bridge.flush({ timeout: 15_000 }))
        .then(() => {}),
    )
    const found = await page.evaluate(
      'diagnose({ customerio: analytics, fullstory: FS2, timeout: 15_000 }).then(({ findings }) => findings)',
    )
    expect(found).toEqual([])
  })
})

/** Answers for the vendors' own hosts from the sandbox; `change` edits what is answered. */
const answerFor = (visitor: BrowserContext, hosts: string, change = (body: string) => body) => {
  need('intercept-https')
  return visitor.route(hosts, async route => {
    const { pathname, search } = new URL(route.request().url())
    const response = await route.fetch({ url: stage.sandbox.origin + pathname + search })
    await route.fulfill({ response, body: change(await response.text()) })
  })
}

describe('region', () => {
  test.each([
    ['o-1AB2C3-eu1', 'edge.fullstory.com', 'eu1', 'na1'],
    ['o-1AB2C3-na1', 'edge.eu1.fullstory.com', 'na1', 'eu1'],
    ['1AB2C', 'edge.eu1.fullstory.com', 'na1', 'eu1'],
  ])('FullStory of %s from %s', async (workspace, host, expected, got) => {
    const visitor = await stage.visitor()
    await answerFor(visitor, `https://${host}/**`)
    const before = fullstorySnippet({ origin: `https://${host}`, workspace })
    const { page } = await stage.open({ visitor, fullstory: 'none', before })
    await expectFinding(page, { code: 'region', about: 'fullstory', expected, got })
  })

  test.each([
    ['o-1AB2C3-eu1', 'edge.eu1.fullstory.com'],
    ['o-1AB2C3-na1', 'edge.fullstory.com'],
    ['1AB2C', 'edge.fullstory.com'],
  ])('not of %s from %s', async (workspace, host) => {
    const visitor = await stage.visitor()
    await answerFor(visitor, `https://${host}/**`)
    const before = fullstorySnippet({ origin: `https://${host}`, workspace })
    const { page } = await stage.open({ visitor, fullstory: 'none', before })
    expect(await foundOn(page)).toEqual([])
  })

  test.each([
    ['cdp-eu.customer.io', 'cdp.customer.io', [['region', 'customerio', 'us']]],
    ['cdp-eu.customer.io', 'cdp-eu.customer.io', []],
    ['cdp.customer.io', 'cdp.customer.io', []],
  ])('Customer.io from %s, which sends to %s', async (from, to, found) => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const { host } = new URL(stage.sandbox.origin)
    // What the settings say of where to send to.
    await answerFor(visitor, 'https://*.customer.io/**', body =>
      body.replace(`"${host}/v1"`, `"${to}/v1"`).replace('"protocol":"http"', '"protocol":"https"'),
    )
    const { page } = await stage.open({
      store,
      visitor,
      customerio: false,
      before: customerioSnippet({ origin: `https://${from}`, workspace: store.id }),
      // The SDK's own statistics go to the same place from everywhere.
      setup: `${BRIDGE} bridge.track('checkout_started'); await fetch('https://cdp.customer.io/v1/m', { method: 'POST' });`,
    })
    await expect.poll(() => store.customerio.view().calls.length).toBeGreaterThan(0)
    await expect.poll(() => foundOn(page)).toEqual(found)
  })
})

describe('twice', () => {
  test('FullStory, under another name', async () => {
    const store = stage.store()
    const { origin } = stage.sandbox
    const { page } = await stage.open({
      store,
      before: fullstorySnippet({ origin, workspace: store.id, namespace: 'FS2' }),
    })
    await expectFinding(page, { code: 'twice', about: 'fullstory', got: '2', severity: 'warning' })
  })

  test('Customer.io, whose snippet is loaded by two parts of a page', async () => {
    const store = stage.store()
    const { page } = await stage.open({ store, setup: `cioanalytics.load?.('${store.id}'); ${BRIDGE}` })
    await expectFinding(page, { code: 'twice', about: 'customerio', got: '2' })
  })
})
