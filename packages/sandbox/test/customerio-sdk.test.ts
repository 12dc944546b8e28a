import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  eventNames,
  openReady,
  openStage,
  ready,
  type Stage,
  type Store,
  waitUntil,
} from './customerio-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

function callNames(store: Store): string[] {
  return store.customerio.view().calls.map(({ type, name }) => name ?? type)
}

describe('the real SDK', () => {
  test('anonymous activity, login, more activity: one person', async () => {
    const store = stage.store()
    const page = await openReady(await stage.visitor(), store.page())
    const anonymousId = await page.evaluate(async () => {
      const { cioanalytics } = window
      await cioanalytics.track('browsed', { category: 'hats' })
      await cioanalytics.page('Cart')
      await cioanalytics.identify('ann', { email: 'ann@shop.example', tier: 'gold' })
      await cioanalytics.track('bought', { cart_value: 12.5 })
      return cioanalytics.user().anonymousId()
    })
    await waitUntil(() => callNames(store).includes('bought'))
    const { people, anonymous, calls, violations } = store.customerio.view()
    expect(people).toMatchObject([
      {
        id: 'ann',
        email: 'ann@shop.example',
        attributes: { tier: { value: 'gold' } },
        anonymousIds: [anonymousId],
        events: [
          { name: 'browsed', properties: { category: 'hats' }, userId: null, merged: true },
          { name: 'bought', properties: { cart_value: 12.5 }, userId: 'ann', merged: false },
        ],
        pages: [{ name: 'Cart', properties: { url: page.url() }, merged: true }],
        identifyCalls: 1,
      },
    ])
    expect(anonymous).toEqual([])
    expect(calls.map(({ type }) => type)).toEqual(['track', 'page', 'identify', 'track'])
    expect(violations).toEqual([])
  })

  test('after reset the browser is somebody else', async () => {
    const store = stage.store()
    const page = await openReady(await stage.visitor(), store.page())
    await page.evaluate(async () => {
      await window.cioanalytics.identify('ann')
      window.cioanalytics.reset()
      await window.cioanalytics.track('browsed')
      await window.cioanalytics.identify('bob')
    })
    await waitUntil(() => store.customerio.person('bob'))
    expect(store.customerio.person('ann')?.events).toEqual([])
    expect(eventNames(store.customerio.person('bob')?.events)).toEqual(['browsed'])
    expect(store.customerio.violations).toEqual([])
  })

  test('a cookie that is back after a reset, as in WebKit, is gone by', async () => {
    const store = stage.store()
    const page = await openReady(await stage.visitor(), store.page())
    await page.evaluate(`(async () => {
      await cioanalytics.identify('ann')
      cioanalytics.reset()
      document.cookie = 'ajs_user_id=ann; path=/'
      await cioanalytics.track('browsed')
    })()`)
    await waitUntil(() => store.customerio.person('ann')?.events.length)
    expect(eventNames(store.customerio.person('ann')?.events)).toEqual(['browsed'])
    expect(await page.evaluate(() => localStorage.getItem('ajs_user_id'))).toBe('"ann"')
  })

  test('another id without reset gets another anonymous id', async () => {
    const store = stage.store()
    const page = await openReady(await stage.visitor(), store.page())
    await page.evaluate(async () => {
      await window.cioanalytics.identify('ann')
      await window.cioanalytics.identify('bob')
    })
    await waitUntil(() => store.customerio.person('bob'))
    const [ann, bob] = store.customerio.view().people
    expect(ann?.anonymousIds).not.toEqual(bob?.anonymousIds)
    expect(store.customerio.violations).toEqual([])
  })

  test('an id taken from an e-mail link is the person who has it', async () => {
    const store = stage.store()
    store.customerio.apply({ type: 'identify', userId: 'ann' })
    const { cioId } = store.customerio.person('ann') ?? {}
    const page = await openReady(await stage.visitor(), `${store.page()}?ajs_uid=cio_${cioId}`)
    await waitUntil(() => store.customerio.person('ann')?.identifyCalls === 2)
    expect(await page.evaluate(() => window.cioanalytics.user().id())).toBe(`cio_${cioId}`)
  })

  test('a snippet under another name, ending with page()', async () => {
    const store = stage.store()
    const page = await (await stage.visitor()).newPage()
    await page.goto(store.page({ globalKey: 'shopAnalytics', page: true }))
    await waitUntil(() => store.customerio.view().anonymous[0]?.pages.length)
    expect(await page.evaluate(() => 'cioanalytics' in window)).toBe(false)
  })

  test('a snippet without load waits for the page to call it', async () => {
    const store = stage.store()
    const page = await (await stage.visitor()).newPage()
    await page.goto(store.page({ load: false }))
    expect(await page.evaluate(() => document.querySelectorAll('script[src]').length)).toBe(0)
    await page.evaluate(id => Object(window.cioanalytics).load(id), store.id)
    await ready(page)
  })

  test('the npm build, without a snippet', async () => {
    const store = stage.store()
    const head = `<script src="${stage.origin}/sdk/umd/index.js"></script>`
    const page = await (await stage.visitor()).newPage()
    await page.goto(store.page({ load: false, head }))
    const loaded = await page.evaluate(
      async ([writeKey, cdnURL]) => {
        const { AnalyticsBrowser } = Object(window).AnalyticsNext
        const buffered = AnalyticsBrowser.load({ writeKey, cdnURL })
        buffered.identify('ann')
        const [analytics] = await buffered
        return [analytics.initialized, typeof analytics.inbox]
      },
      [store.id, stage.origin],
    )
    expect(loaded).toEqual([true, 'function'])
    await waitUntil(() => store.customerio.person('ann'))
  })
})

describe('what the SDK gets wrong', () => {
  test('calls made before it is ready are replayed grouped by method', async () => {
    const store = stage.store()
    const inline = `
      cioanalytics.identify('ann')
      cioanalytics.track('one')
      cioanalytics.reset()
      cioanalytics.identify('bob')
      cioanalytics.track('two')
    `
    const page = await openReady(await stage.visitor(), store.page({ inline }))
    await waitUntil(() => callNames(store).length === 4)
    expect(callNames(store).sort()).toEqual(['identify', 'identify', 'one', 'two'])
    expect(await page.evaluate(() => window.cioanalytics.user().id())).toBeNull()
    expect(eventNames(store.customerio.person('ann')?.events)).toEqual([])
    expect(eventNames(store.customerio.person('bob')?.events).sort()).toEqual(['one', 'two'])
  })

  test('a tab that was open during a logout writes the old id back', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const first = await openReady(visitor, store.page())
    await first.evaluate(() => window.cioanalytics.identify('ann'))
    const second = await openReady(visitor, store.page())
    const idIn = (page: typeof first) => page.evaluate(() => window.cioanalytics.user().id())
    const stored = () => first.evaluate(() => JSON.parse(localStorage.getItem('ajs_user_id') ?? 'null'))
    expect(await idIn(second)).toBe('ann')

    await first.evaluate(() => window.cioanalytics.reset())
    expect(await idIn(first)).toBeNull()
    expect(await stored()).toBeNull()
    expect(await idIn(second)).toBe('ann')
    expect(await stored()).toBe('ann')
    const third = await openReady(visitor, store.page())
    expect(await idIn(third)).toBe('ann')
  })

  test('a message that names nobody is sent as whoever is there when it leaves', async () => {
    const store = stage.store()
    const page = await openReady(await stage.visitor(), store.page())
    await page.evaluate(async () => {
      const { cioanalytics } = window
      const browsed = cioanalytics.track('browsed')
      const identified = cioanalytics.identify('ann')
      await Promise.all([browsed, identified])
    })
    await waitUntil(() => callNames(store).length === 2)
    expect(store.customerio.view().calls.map(({ userId }) => userId)).toEqual(['ann', 'ann'])
  })
})

describe("Customer.io's own FullStory destination", () => {
  test('is a plugin of the SDK, and sends to FullStory what the page sends', async () => {
    const store = stage.store()
    store.settings.fullstoryDestination = true
    const before = `
      window.seen = []
      window.FS = (...call) => seen.push(call)
    `
    const page = await openReady(await stage.visitor(), store.page({ before }))
    const plugins = await page.evaluate(() => window.cioanalytics.queue.plugins.map(({ name }) => name))
    expect(plugins.filter(name => name === 'fullstory-web')).not.toEqual([])
    await page.evaluate(async () => {
      await window.cioanalytics.identify('ann', { tier: 'gold' })
      await window.cioanalytics.track('bought', { cart_value: 2 })
    })
    await page.waitForFunction(() => window.seen.length === 2)
    expect(await page.evaluate(() => window.seen)).toEqual([
      ['setIdentity', { uid: 'ann', properties: { tier: 'gold' } }, 'segment-browser-actions'],
      ['trackEvent', { name: 'bought', properties: { cart_value: 2 } }, 'segment-browser-actions'],
    ])
  })

  test('is off unless it is turned on', async () => {
    const store = stage.store()
    const page = await openReady(await stage.visitor(), store.page())
    const plugins = await page.evaluate(() => window.cioanalytics.queue.plugins.map(({ name }) => name))
    expect(plugins).not.toContain('fullstory-web')
  })
})
