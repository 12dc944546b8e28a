import { customerioSnippet, fullstorySnippet } from '@retention-bridge/sandbox'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BRIDGE, expectFinding, foundOn, openDoctorStage } from './doctor-stage.ts'
import { vendorPackages } from './vendor-packages.ts'

let stage: Awaited<ReturnType<typeof openDoctorStage>>
beforeAll(async () => {
  stage = await openDoctorStage()
}, 60_000)
afterAll(() => stage.close())

describe('a vendor that is not at work', () => {
  test('missing', async () => {
    const { page } = await stage.open({ fullstory: 'none', customerio: false })
    expect(await foundOn(page)).toEqual([
      ['missing', 'customerio', 'missing'],
      ['missing', 'fullstory', 'missing'],
    ])
  })

  test.each([
    ['fullstoryScript', 'blocked', 'fullstory', 'blocked'],
    ['fullstoryScript', 'hang', 'fullstory', 'hung'],
    ['customerioScript', 'blocked', 'customerio', 'blocked'],
    ['customerioScript', 'hang', 'customerio', 'hung'],
    ['fullstoryCollector', 'blocked', 'fullstory', 'disabled'],
  ] as const)('%s %s: %s is %s', async (part, fault, about, code) => {
    const store = stage.store()
    store.faults[part] = fault
    const { page } = await stage.open({ store })
    await expectFinding(page, { code, about, severity: 'error', expected: 'ready' })
  })

  test('waiting: it may still come', async () => {
    const store = stage.store()
    store.faults.fullstoryScript = 'hang'
    const { page } = await stage.open({
      store,
      setup: 'window.bridge = createBridge({ flags: plan, timeout: 60_000 });',
    })
    await page.evaluate(() => window.bridge.flush({ timeout: 200 }))
    const found = await page.evaluate(async () => (await window.diagnose({ timeout: 100 })).findings)
    expect(found).toMatchObject([{ code: 'waiting', about: 'fullstory', severity: 'info' }])
  })

  test('paused: the page has shut capture down', async () => {
    const { page } = await stage.open()
    await page.evaluate(async () => {
      await window.bridge.ready()
      window.FS('shutdown')
    })
    await expectFinding(page, { code: 'paused', about: 'fullstory', severity: 'warning' })
  })

  test('vendor: its SDK fails on a call', async () => {
    const { page } = await stage.open()
    await page.evaluate(async () => {
      await window.bridge.ready()
      window.cioanalytics.track = () => Promise.reject(new Error('broken by the page'))
      window.bridge.track('checkout_started')
    })
    await expectFinding(page, { code: 'vendor', about: 'customerio', got: 'Error: broken by the page' })
  })
})

describe('dev-mode', () => {
  const init = (id: string) => `
    const host = '${new URL(stage.sandbox.origin).host}'
    vendors.init({ orgId: '${id}', host, script: host + '/s/${id}/fs.js', devMode: true });`
  const open = async (setup: string, hang = false) => {
    const store = stage.store()
    if (hang) store.faults.fullstoryScript = 'hang'
    const visitor = await stage.visitor()
    await visitor.route('**/vendors.js', route => route.fulfill({ body: vendorPackages() }))
    return stage.open({
      store,
      visitor,
      fullstory: 'none',
      scripts: ['/vendors.js'],
      setup: init(store.id) + setup,
    })
  }

  test('the function of the npm package says so', async () => {
    const { page } = await open(
      'window.bridge = createBridge({ flags: plan, timeout: 1000, fullstory: vendors.FullStory });',
    )
    await expect
      .poll(() =>
        page.evaluate('diagnose({ fullstory: vendors.FullStory }).then(({ findings }) => findings)'),
      )
      .toContainEqual(expect.objectContaining({ code: 'dev-mode', about: 'fullstory', severity: 'error' }))
  })

  test("the snippet's queue says so until fs.js has loaded", async () => {
    const { page } = await open(BRIDGE, true)
    await expectFinding(page, { code: 'dev-mode', about: 'fullstory' })
  })

  test('afterwards it can be seen to be paused, and no more', async () => {
    const { page } = await open(BRIDGE)
    await expectFinding(page, { code: 'paused', about: 'fullstory' })
  })
})

describe('namespace', () => {
  test.each([
    ['an object of the page', '{}', '2.1', 'object'],
    ['a function of the page', '() => {}', '2.1', 'function'],
    ['an object, and an older snippet', '{}', '2.0', 'object'],
  ] as const)('FS is %s', async (_, value, fullstory, got) => {
    const { page } = await stage.open({
      fullstory,
      before: `window._fs_namespace = 'FS'; window.FS = ${value}`,
    })
    await expectFinding(page, { code: 'namespace', about: 'fullstory', expected: 'FS', got })
  })

  test("the snippet's global was taken away", async () => {
    const { page } = await stage.open({ setup: `delete window.FS; ${BRIDGE}` })
    await expectFinding(page, { code: 'namespace', about: 'fullstory', expected: 'FS', got: 'undefined' })
  })

  test("Customer.io's snippet has another global", async () => {
    const store = stage.store()
    const { origin } = stage.sandbox
    const { page } = await stage.open({
      store,
      customerio: false,
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
})

/** Answers for the vendors' own hosts from the sandbox; `change` edits what is answered. */
const answerFor = (visitor: BrowserContext, hosts: string, change = (body: string) => body) =>
  visitor.route(hosts, async route => {
    const { pathname, search } = new URL(route.request().url())
    const response = await route.fetch({ url: stage.sandbox.origin + pathname + search })
    await route.fulfill({ response, body: change(await response.text()) })
  })

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
      setup: `${BRIDGE} bridge.track('checkout_started');`,
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

test("destination: Customer.io's own FullStory destination is on", async () => {
  const store = stage.store()
  store.settings.fullstoryDestination = true
  const { page } = await stage.open({ store })
  await expectFinding(page, { code: 'destination', about: 'customerio', severity: 'error' })
})

describe('in-app', () => {
  test('not in the settings of the workspace: there is no inbox', async () => {
    const store = stage.store()
    store.settings.inApp = false
    const { page } = await stage.open({ store, setup: `${BRIDGE} bridge.identify('cust_1042');` })
    expect(await foundOn(page)).toEqual([['in-app', 'customerio', 'not loaded']])
    await expect(page.evaluate("cioanalytics.inbox('retention_flags')")).rejects.toThrow()
  })
})
