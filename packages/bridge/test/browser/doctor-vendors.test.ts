import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BRIDGE, expectFinding, foundOn, openDoctorStage, SOON } from './doctor-stage.ts'
import { ofFailedScript } from './stage.ts'
import { vendorPackages } from './vendor-packages.ts'

let stage: Awaited<ReturnType<typeof openDoctorStage>>
beforeAll(async () => {
  stage = await openDoctorStage()
})
afterAll(() => stage.close())

describe('a vendor that is not at work', () => {
  test('missing', async () => {
    const { page } = await stage.open({ fullstory: 'none', customerio: false, setup: SOON })
    await expect
      .poll(() => foundOn(page))
      .toEqual([
        ['missing', 'customerio', 'missing'],
        ['missing', 'fullstory', 'missing'],
      ])
  })

  test.each([
    ['fullstoryScript', 'blocked', 'fullstory', 'blocked'],
    ['fullstoryScript', 'hang', 'fullstory', 'hung'],
    ['customerioScript', 'blocked', 'customerio', ofFailedScript()],
    ['customerioScript', 'hang', 'customerio', 'hung'],
    ['fullstoryCollector', 'blocked', 'fullstory', 'disabled'],
  ] as const)('%s %s: %s is %s', async (part, fault, about, code) => {
    const store = stage.store()
    store.faults[part] = fault
    const { page } = await stage.open({ store, setup: SOON })
    await expectFinding(page, { code, about, severity: 'error', expected: 'ready' })
  })

  test('waiting: it may still come', async () => {
    const store = stage.store()
    store.faults.fullstoryScript = 'hang'
    const { page } = await stage.open({
      store,
      setup: 'window.bridge = createBridge({ flags: plan, timeout: 60_000 });',
    })
    await page.waitForFunction(() => window.bridge.status().vendors.customerio.state === 'ready')
    const found = await page.evaluate(async () => (await window.diagnose({ timeout: 100 })).findings)
    expect(found).toMatchObject([{ code: 'waiting', about: 'fullstory', severity: 'info' }])
  })

  test('paused: the page has shut capture down', async () => {
    const { page } = await stage.open()
    await page.evaluate(async () => {
      await window.bridge.ready({ timeout: 15_000 })
      window.FS('shutdown')
    })
    await expectFinding(page, { code: 'paused', about: 'fullstory', severity: 'warning' })
  })

  test('vendor: its SDK fails on a call', async () => {
    const { page } = await stage.open()
    await page.evaluate(async () => {
      await window.bridge.ready({ timeout: 15_000 })
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
    const { page } = await open(SOON, true)
    await expectFinding(page, { code: 'dev-mode', about: 'fullstory' })
  })

  test('afterwards it can be seen to be paused, and no more', async () => {
    const { page } = await open(BRIDGE)
    await expectFinding(page, { code: 'paused', about: 'fullstory' })
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
