import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, CREATE, expectHoldings, expectId, KNOW_ADA, visit, visitAt } from './identity-stage.ts'
import { names, openStage, type Stage } from './stage.ts'

/** Others change the person: the page's own code, an email link, another tool, the visitor who clears cookies. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const open = async (setup?: string) => visit(await stage.visitor(), stage.store(), setup ? { setup } : {})

describe('through the Customer.io SDK', () => {
  test('anonymous: identify is carried to FullStory, without a split', async () => {
    const opened = await open()
    const { page, store } = opened
    await opened.act(bridge => bridge.track('before'))
    await page.evaluate(() => window.cioanalytics.identify('A', { email: 'ada@example.com' }))
    await expectId(opened, 'A')
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [{ uid: 'A', events: ['before', 'after'] }],
    })
    expect(await opened.act(bridge => bridge.status().identity)).toEqual({ state: 'known', id: 'A' })
    expect(opened.problems).toEqual([])
  })

  test.each([
    ['by the snippet', true],
    ['right before', false],
  ])(
    'a guest’s login, and a page view of the page’s own on its way: one person (%s, STITCH)',
    async (_how, isSnippets) => {
      const visitor = await stage.visitor()
      const store = stage.store()
      const first = await visit(visitor, store)
      await first.act(bridge => bridge.guest({ email: 'ada@example.com' }))
      await first.settle()
      await first.page.close()
      // As a page after a login is: rendered for somebody, and viewed.
      const said = isSnippets ? '' : 'cioanalytics.page();'
      const setup = `${CREATE}; ${said} bridge.identify('A', { traits: { email: 'ada@example.com' } })`
      const opened = await visit(visitor, store, { setup, pageView: isSnippets })
      await opened.settle()
      expect(store.customerio.view().people.map(({ id, email }) => [id, email])).toEqual([
        ['A', 'ada@example.com'],
      ])
      expect(store.customerio.view().violations).toEqual([])
    },
  )

  test.each([
    ['after it was carried over', true],
    ['in the same task', false],
  ])('known: identify as somebody else; what follows is theirs (%s)', async (_how, wait) => {
    const opened = await open()
    const { page, store } = opened
    await opened.act(KNOW_ADA)
    await opened.act(bridge => {
      bridge.setFlags({ vip_tier: 'gold' } as object)
      bridge.track('before')
    })
    await opened.settle()
    await page.evaluate(at => {
      window.cioanalytics.identify('E')
      if (!at) window.bridge.track('after')
    }, wait)
    await expectId(opened, 'E')
    if (wait) await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] }, E: { events: ['after'] } },
      sessions: [
        { uid: 'A', events: ['before'], flags: { vip_tier: 'gold' } },
        { uid: 'E', events: ['after'] },
      ],
    })
  })

  test.each([
    ['after it was carried over', true],
    ['in the same task', false],
  ])('known: reset; what follows is nobody’s (%s)', async (_how, wait) => {
    const opened = await open()
    const { page, store } = opened
    await opened.act(KNOW_ADA)
    await opened.act(bridge => bridge.track('before'))
    await opened.settle()
    await page.evaluate(at => {
      window.cioanalytics.reset()
      if (!at) window.bridge.track('after')
    }, wait)
    await expectId(opened, null)
    if (wait) await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] } },
      visitors: [['after']],
      sessions: [{ uid: 'A', events: ['before'] }, { events: ['after'] }],
    })
  })

  test.each([
    ['logout', 'bridge.logout()'],
    ['the page’s own reset', 'cioanalytics.reset()'],
  ])('known: a cookie that is back after %s, as in WebKit: what follows is nobody’s', async (_how, leave) => {
    const opened = await open()
    await opened.act(KNOW_ADA)
    await opened.act(bridge => bridge.track('before'))
    await opened.settle()
    await opened.page.evaluate(`(async () => {
      const cookie = document.cookie.match(/ajs_user_id=[^;]*/)[0] + '; path=/'
      ${leave}
      await bridge.flush()
      document.cookie = cookie
      cioanalytics.track('after')
      // The SDK asks again who it is while an event is on its way.
      document.cookie = cookie
    })()`)
    await opened.settle()
    await expectId(opened, null)
    await expectHoldings(opened.store, {
      people: { A: { traits: ADA, events: ['before'] } },
      visitors: [['after']],
      sessions: [{ uid: 'A', events: ['before'] }, {}],
    })
  })

  test('guest: identify with the same e-mail address', async () => {
    const opened = await open()
    const { page, store } = opened
    await opened.act(bridge => bridge.guest({ email: 'ada@example.com' }))
    await opened.act(bridge => {
      bridge.setFlags({ cart_abandoner_4h: true } as object)
      bridge.track('before')
    })
    await opened.settle()
    await page.evaluate(() => window.cioanalytics.identify('A', { email: 'ada@example.com' }))
    await expectId(opened, 'A')
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before', 'after'], identifies: 2 } },
      sessions: [
        {
          uid: 'A',
          events: ['before', 'after'],
          flags: { cart_abandoner_4h: true, email: 'ada@example.com' },
        },
      ],
    })
  })

  test('known: identify with an id that cannot be shared leaves FullStory anonymous', async () => {
    const opened = await open()
    const { page, store } = opened
    await opened.act(KNOW_ADA)
    await opened.act(bridge => bridge.track('before'))
    await opened.settle()
    await page.evaluate(() => window.cioanalytics.identify('eve@example.com'))
    await expect.poll(opened.answers).toMatchObject({ fullstory: null, bridge: null })
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] }, 'eve@example.com': { events: ['after'] } },
      sessions: [{ uid: 'A', events: ['before'] }, { events: ['after'] }],
    })
  })

  test('without follow, FullStory is left alone', async () => {
    const opened = await open('window.bridge = createBridge({ flags: plan, identity: { follow: false } })')
    const { page, store } = opened
    await page.evaluate(() => window.cioanalytics.identify('A'))
    await opened.settle()
    await expectHoldings(store, { people: { A: {} }, sessions: [{}] })
    expect(await opened.answers()).toMatchObject({ customerio: 'A', fullstory: null, bridge: null })
  })
})

describe('an email link', () => {
  /** A customer of another browser, and the link to them. */
  const withLink = async () => {
    const home = await open()
    await home.act(KNOW_ADA)
    await home.settle()
    await home.page.close()
    return { store: home.store, link: `?ajs_uid=cio_${home.store.customerio.person('A')?.cioId}` }
  }

  test.each([
    ['when the page has settled', CREATE, true],
    ['at once', `${CREATE}; bridge.track('clicked'); bridge.identify('A')`, false],
  ])('then the page’s own identify (%s): one session, one profile', async (_how, setup, wait) => {
    const { store, link } = await withLink()
    const opened = await visitAt(await stage.visitor(), store, store.url({ setup }) + link)
    if (wait) {
      await opened.act(bridge => bridge.track('clicked'))
      await opened.settle()
      expect(await opened.answers()).toMatchObject({ fullstory: null, bridge: null })
      await opened.act(bridge => bridge.identify('A'))
    }
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectId(opened, 'A')
    expect(Object.keys(store.customerio.view().people)).toHaveLength(1)
    const person = store.customerio.person('A')
    expect([...names(person?.events)].sort()).toEqual(['after', 'clicked'])
    const { sessions, violations } = store.fullstory.view()
    expect(sessions.map(({ uid, events }) => [uid, names(events)])).toEqual([
      ['A', []],
      ['A', ['clicked', 'after']],
    ])
    expect([...violations, ...store.customerio.violations]).toEqual([])
    expect(opened.problems).toEqual([])
  })

  test('opened by the customer who is logged in changes nobody', async () => {
    const home = await open()
    await home.act(KNOW_ADA)
    await home.settle()
    const link = `?ajs_uid=cio_${home.store.customerio.person('A')?.cioId}`
    const visitor = home.page.context()
    await home.page.close()
    const setup = `${CREATE}; bridge.identify('A', { traits: { email: 'ada@example.com' } }); bridge.track('after')`
    const opened = await visitAt(visitor, home.store, home.store.url({ setup }) + link)
    await opened.settle()
    await expectId(opened, 'A')
    const { people, anonymous, violations } = home.store.customerio.view()
    expect(people.map(({ id, events }) => [id, names(events)])).toEqual([['A', ['after']]])
    expect(anonymous.flatMap(({ events }) => names(events))).toEqual([])
    const { sessions } = home.store.fullstory.view()
    expect(sessions.map(({ uid, events }) => [uid, names(events)])).toEqual([['A', ['after']]])
    expect([...home.store.fullstory.violations, ...violations]).toEqual([])
  })
})
