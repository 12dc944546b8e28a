import { goInHistory, launchBrowser } from '@retention-bridge/sandbox'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ADA, CREATE, expectHoldings, expectId, type OpenedPage, visit, visitAt } from './identity-stage.ts'
import { devtoolsOf, names, openStage, type Stage } from './stage.ts'

/** Pages that come back from the browser's cache, and pages of another host of the shop. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const RESTORED = `addEventListener('pageshow', event => { if (event.persisted) window.restored = true })`

describe('back/forward cache', () => {
  let browser: Browser
  let cached = false
  beforeAll(async () => {
    // Playwright turns it off in the browsers that it drives; a headless shell, such as the packaged one, has none.
    const launch = chromium.launch.bind(chromium)
    vi.spyOn(chromium, 'launch').mockImplementationOnce(options =>
      launch({ ...options, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    )
    browser = await launchBrowser()
    const store = stage.store()
    const page = await browser.newPage()
    await page.goto(store.url({ fullstory: 'none', customerio: false, before: RESTORED }))
    await page.goto(store.url({ fullstory: 'none', customerio: false }))
    await goInHistory(page, -1)
    cached = await page.evaluate(() => 'restored' in window)
  })
  afterAll(() => browser.close())

  const MEANWHILE = [
    ['logout', 'bridge.logout()', null],
    ['switch', `bridge.identify('E')`, 'E'],
    ['nothing', '', 'A'],
  ] as const

  const begin = async (visitor: BrowserContext) => {
    const store = stage.store()
    const opened = await visit(visitor, store, { before: RESTORED })
    await opened.act(bridge => bridge.identify('A', { traits: { email: 'ada@example.com' } }))
    await opened.act(bridge => bridge.track('before'))
    await opened.settle()
    return opened
  }

  /** The restored page says something: whose is it? */
  const goOn = async ({ act, settle, answers, store }: OpenedPage, id: string | null) => {
    await expectId({ answers }, id)
    await act(bridge => bridge.track('after'))
    await settle()
    await expectId({ answers }, id)
    const { people, anonymous, violations } = store.customerio.view()
    const fullstory = store.fullstory.view()
    const said = [
      ...people.map(({ id, events }) => [id, names(events)]),
      ...anonymous.map(({ events }) => [null, names(events)]),
    ].filter(([, events]) => events?.length)
    const recorded = fullstory.sessions.flatMap(({ uid, events }) => names(events).map(name => [uid, name]))
    expect(said).toEqual(
      id === 'A'
        ? [['A', ['before', 'after']]]
        : [
            ['A', ['before']],
            [id, ['after']],
          ],
    )
    expect(recorded).toEqual([
      ['A', 'before'],
      [id, 'after'],
    ])
    expect([...fullstory.violations, ...violations]).toEqual([])
  }

  test.each(MEANWHILE)('a page comes back after another one: %s', async (_what, act, id) => {
    const visitor = await browser.newContext()
    const opened = await begin(visitor)
    const { page, store } = opened
    await page.goto(store.url({ setup: CREATE }), { waitUntil: 'commit' })
    await page.waitForFunction(() => window.loaded)
    await opened.settle()
    await opened.act(`bridge => { ${act} }`)
    await opened.settle()
    await expectId(opened, id)
    await goInHistory(page, -1)
    await page.waitForFunction(() => window.loaded)
    expect(await page.evaluate(() => 'restored' in window)).toBe(cached)
    await goOn(opened, id)
  })

  test.each(MEANWHILE)(
    'a page is frozen while another one lives, and told that it is back: %s',
    async (_what, act, id) => {
      const visitor = await stage.visitor()
      const opened = await begin(visitor)
      const devtools = await devtoolsOf(opened.page)
      const turn = (type: string) =>
        opened.page.evaluate(name => {
          dispatchEvent(new PageTransitionEvent(name, { persisted: true }))
        }, type)
      await turn('pagehide')
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
      const other = await visit(visitor, opened.store)
      await other.act(`bridge => { ${act} }`)
      await other.settle()
      await expectId(other, id)
      await other.page.close()
      await devtools.send('Page.setWebLifecycleState', { state: 'active' })
      await turn('pageshow')
      await goOn(opened, id)
    },
  )
})

describe('another host of the shop, with one cookie domain', () => {
  // Every browser takes `localhost` for a top-level domain: `shop.localhost` is the site.
  const at = (host: string, url: string) => url.replace('//localhost', `//${host}.shop.localhost`)
  const travel = async (first: string, second: string) => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const shop = await visitAt(visitor, store, at('www', store.url({ setup: `${CREATE}; ${first}` })))
    await shop.settle()
    const shopId = await shop.page.evaluate(() => window.cioanalytics.user().anonymousId())
    const checkout = await visitAt(
      visitor,
      store,
      at('checkout', store.url({ setup: `${CREATE}; ${second}` })),
    )
    await checkout.settle()
    return { store, visitor, shop, shopId, checkout }
  }

  test('a known person is known there', async () => {
    const { store, checkout } = await travel(
      `bridge.identify('A', { traits: { email: 'ada@example.com' } }); bridge.track('before')`,
      `bridge.ready().then(() => bridge.track('after'))`,
    )
    await expectId(checkout, 'A')
    await checkout.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [{ uid: 'A', events: ['before', 'after'], identifies: 2 }],
    })
  })

  test('an anonymous visitor who logs in there brings what they did', async () => {
    const { store, shopId, checkout } = await travel(
      `bridge.track('before')`,
      `bridge.identify('A'); bridge.track('after')`,
    )
    await expectId(checkout, 'A')
    expect(await checkout.page.evaluate(() => window.cioanalytics.user().anonymousId())).toBe(shopId)
    await expectHoldings(store, {
      people: { A: { events: ['before', 'after'] } },
      sessions: [{ uid: 'A', events: ['before', 'after'] }],
    })
  })

  test('a switch there leaves the first person alone', async () => {
    const { store, checkout } = await travel(
      `bridge.identify('A', { traits: { email: 'ada@example.com' } }); bridge.track('before')`,
      `bridge.identify('E'); bridge.track('after')`,
    )
    await expectId(checkout, 'E')
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] }, E: { events: ['after'] } },
      sessions: [
        { uid: 'A', events: ['before'] },
        { uid: 'E', events: ['after'] },
      ],
    })
  })

  /**
   * A documented limit: the SDK reads `localStorage`, which is each host's own, before the cookie that they share, so
   * the host that did not hear of the logout has the person back, and gives them FullStory's session, too. Both
   * vendors agree on that, and the next identify is right, on both hosts.
   */
  test('a logout there is undone by what this host has stored, until the next identify', async () => {
    const { store, visitor, shop, checkout } = await travel(
      `bridge.identify('A', { traits: { email: 'ada@example.com' } }); bridge.track('before')`,
      '',
    )
    await expectId(checkout, 'A')
    await shop.page.close()
    await checkout.act(bridge => bridge.logout())
    await checkout.act(bridge => bridge.track('logged_out'))
    await checkout.settle()
    await expectId(checkout, null)
    await checkout.page.close()

    const back = await visitAt(visitor, store, at('www', store.url({ setup: CREATE })))
    await back.settle()
    await expectId(back, 'A')
    await back.act(bridge => bridge.track('undone'))
    await back.settle()
    await back.act(bridge => bridge.identify('E'))
    await back.act(bridge => bridge.track('repaired'))
    await back.settle()
    await expectId(back, 'E')
    await back.page.close()
    const again = await visitAt(visitor, store, at('checkout', store.url({ setup: CREATE })))
    await again.settle()
    await expectId(again, 'E')

    const { people, anonymous, violations } = store.customerio.view()
    expect(people.map(({ id, events }) => [id, names(events)])).toEqual([
      ['A', ['before', 'undone']],
      ['E', ['repaired']],
    ])
    expect(anonymous.flatMap(({ events }) => names(events))).toEqual(['logged_out'])
    const fullstory = store.fullstory.view()
    expect(fullstory.sessions.flatMap(({ uid, events }) => names(events).map(name => [uid, name]))).toEqual([
      ['A', 'before'],
      // Nobody's, until this site's one session was told who its visitor is.
      ['A', 'logged_out'],
      ['A', 'undone'],
      ['E', 'repaired'],
    ])
    expect([...fullstory.violations, ...violations]).toEqual([])
  })
})
