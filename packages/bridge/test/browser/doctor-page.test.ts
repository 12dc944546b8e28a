import { need } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Diagnosis } from '../../src/doctor/index.ts'
import {
  BRIDGE,
  diagnosisOf,
  EXAMINED,
  expectFinding,
  foundOn,
  openDoctorStage,
  SOON,
} from './doctor-stage.ts'
import { openBesideVendors, settle } from './identity-stage.ts'

let stage: Awaited<ReturnType<typeof openDoctorStage>>
beforeAll(async () => {
  stage = await openDoctorStage()
})
afterAll(() => stage.close())

describe('consent', () => {
  const PENDING = "window.bridge = createBridge({ flags: plan, consent: 'pending' });"

  test('pending: it is said, no SDK is asked, and nothing is sent or stored', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const { page, chunks } = await openBesideVendors(visitor, store.url({ setup: PENDING + EXAMINED }))
    const before = await page.evaluate(() => JSON.stringify(localStorage))
    await page.evaluate(`
      window.asked = []
      const { FS, cioanalytics } = window
      const user = cioanalytics.user
      cioanalytics.user = () => { asked.push('user'); return user() }
      window.FS = Object.assign((...call) => { asked.push(call[0]); return FS(...call) }, FS)`)
    const { findings, answers } = await diagnosisOf(page)
    expect(findings).toMatchObject([{ code: 'consent', severity: 'info', got: 'pending' }])
    expect(answers).toEqual({ bridge: null, fullstory: {} })
    expect(await page.evaluate('asked')).toEqual([])
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(before)
    expect(chunks).not.toContain('delivery.js')
    await settle(page, store)
    expect(store.customerio.view().calls.filter(({ name }) => !name?.startsWith('settled_'))).toEqual([])
  })

  test('of one tool', async () => {
    const { page } = await stage.open({
      setup:
        "window.bridge = createBridge({ flags: plan, consent: { fullstory: 'denied', customerio: 'granted' } });",
    })
    expect(await foundOn(page)).toEqual([['consent', 'fullstory', 'denied']])
  })
})

describe('csp', () => {
  const policy = (text: string) =>
    `<meta http-equiv="Content-Security-Policy" content="${text}"><!-- snippets -->`
  const open = (text: string, more: object = {}) =>
    stage.open({ way: 'own tags', tags: policy(text), nonce: 'n1', ...more })

  test('it refuses the scripts of both vendors', async () => {
    need('csp-reports')
    const { page } = await open("script-src 'self' 'nonce-n1'", { setup: SOON })
    const { origin } = stage.sandbox
    for (const about of ['fullstory', 'customerio'] as const) {
      const { got } = await expectFinding(page, { code: 'csp', about, severity: 'error' })
      expect(got).toMatch(new RegExp(`^script-src-elem ${origin}/.+js`))
      await expectFinding(page, { code: 'blocked', about })
    }
  })

  test('it refuses what they send', async () => {
    need('connection-reports')
    const { page } = await open("connect-src 'self'", { setup: SOON })
    const { got } = await expectFinding(page, { code: 'csp', about: 'fullstory' })
    expect(got).toMatch(/^connect-src http.+\/rec\//)
  })

  test('it refuses an inline snippet, which then is missing', async () => {
    need('csp-reports')
    const { page } = await open("script-src 'self' 'nonce-n1'", {
      customerio: false,
      fullstory: 'none',
      setup: `document.head.append(Object.assign(document.createElement('script'), { text: 'snippet' })); ${SOON}`,
    })
    await expectFinding(page, { code: 'csp', about: 'fullstory', got: 'script-src-elem inline' })
  })

  test("what is no vendor's is not mentioned", async () => {
    const { page } = await open("img-src 'none'")
    await page.evaluate(() =>
      document.body.append(Object.assign(new Image(), { src: 'https://shop.example/a.png' })),
    )
    await page.evaluate(() => window.bridge.ready().then(() => {}))
    expect(await foundOn(page)).toEqual([])
  })
})

describe('clock', () => {
  test('set back while the page is open', async () => {
    const { page } = await stage.open({
      before: 'const now = Date.now; window.offset = 0; Date.now = () => now() + offset',
    })
    expect(await foundOn(page)).toEqual([])
    await page.evaluate('offset = -36e5')
    const { got } = await expectFinding(page, { code: 'clock', severity: 'warning' })
    expect(got).toMatch(/^3600 s behind/)
  })

  test('set back since an earlier page: somebody is here since a time that is to come', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const began = Date.now()
    const first = await stage.open({
      store,
      visitor,
      before: 'const now = Date.now; Date.now = () => now() + 36e5',
      setup: `${BRIDGE} bridge.identify('cust_1042');`,
    })
    await first.page.evaluate(() => window.bridge.flush())
    await first.page.close()
    const { page } = await stage.open({ store, visitor })
    const { got } = await expectFinding(page, { code: 'clock' })
    // Less what has gone by since, which is next to nothing on a quick machine.
    const behind = Number(/^(\d+) s behind$/.exec(String(got))?.[1])
    expect(behind).toBeLessThanOrEqual(3600)
    expect(behind * 1e3 + 500).toBeGreaterThanOrEqual(36e5 - (Date.now() - began))
  })

  test('behind the server that has dated the page', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const ahead = new Date(Date.now() + 36e5).toUTCString()
    await visitor.route('**/page-*', async route => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), 'last-modified': ahead } })
    })
    const { page } = await stage.open({ store, visitor })
    await expectFinding(page, { code: 'clock' })
  })
})

test('frame: FullStory takes no visitor in an inner frame', async () => {
  need('frames')
  const store = stage.store()
  const { page } = await stage.open({ store })
  const inner = store.url({ setup: `${BRIDGE}${EXAMINED}` })
  await page.evaluate(src => {
    document.body.append(Object.assign(document.createElement('iframe'), { src }))
  }, inner)
  const frame = () => page.frames().find(frame => frame.url() === inner)
  await expect.poll(() => frame()?.evaluate(() => window.loaded)).toBe(true)
  const found = await frame()?.evaluate(async () => (await window.diagnose()).findings)
  expect(found).toContainEqual(expect.objectContaining({ code: 'frame', severity: 'warning', got: 'frame' }))
})

test('storage: this browser refuses', async () => {
  const { page } = await stage.open({
    before: `const { setItem } = Storage.prototype
      Storage.prototype.setItem = function (key, text) {
        if (key === 'retention_bridge') throw new DOMException('full', 'QuotaExceededError')
        setItem.call(this, key, text)
      }`,
    setup: `${BRIDGE} bridge.identify('cust_1042');`,
  })
  await expectFinding(page, { code: 'storage', about: 'localStorage', severity: 'warning', got: 'refused' })
})

describe('HARMLESS', () => {
  test('it never rejects, and the page hears nothing', async () => {
    const { page, problems } = await stage.open()
    // A time limit that is none ends the wait for vendors at once.
    await page.evaluate(() => window.bridge.ready({ timeout: 15_000 }).then(() => {}))
    const results = await page.evaluate(() => {
      const { diagnose, mountPanel } = window.doctor as unknown as Record<
        'diagnose' | 'mountPanel',
        (...given: unknown[]) => never
      >
      const broken = {
        ready: async () => {},
        status: () => {
          throw new Error('status')
        },
      }
      const given = [
        [undefined],
        [null],
        [{}],
        [broken],
        [window.bridge, null],
        [window.bridge, { timeout: 'soon' }],
      ]
      for (const bridge of [undefined, null, {}, broken]) mountPanel(bridge)
      return Promise.all(given.map(each => diagnose(...each) as Promise<Diagnosis>))
    })
    expect(results.map(({ findings }) => findings)).toEqual(results.map(() => []))
    expect(await page.locator('retention-bridge-panel').count()).toBe(0)
    expect(problems).toEqual([])
  })

  test('files that do not come', async () => {
    const visitor = await stage.visitor()
    await visitor.route('**/chunks/examine-*', route => route.abort())
    await visitor.route('**/chunks/panel.js', route => route.abort())
    const { page, problems } = await stage.open({ visitor })
    await page.evaluate(() => window.openPanel())
    expect(await foundOn(page)).toEqual([])
    await page.evaluate(() => window.closePanel())
    expect(problems).toEqual([])
  })

  test('storage that is denied', async () => {
    const { page, problems } = await stage.open({
      before: `Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('denied', 'SecurityError') },
      })`,
      setup: `${SOON} bridge.identify('cust_1042');`,
    })
    // Customer.io's own script fails without it.
    await expect
      .poll(() => foundOn(page))
      .toEqual([
        ['blocked', 'customerio', 'blocked'],
        ['storage', 'localStorage', 'refused'],
      ])
    expect(problems.filter(problem => /retention|doctor/.test(problem))).toEqual([])
  })

  test('nothing is sent by it', async () => {
    const { page, store } = await stage.open({ setup: `${BRIDGE} bridge.identify('cust_1042');` })
    await settle(page, store)
    await diagnosisOf(page)
    const requests: string[] = []
    page.on('request', request => requests.push(request.url()))
    await diagnosisOf(page)
    expect(requests.filter(url => !url.includes('/in-app/'))).toEqual([])
  })
})
