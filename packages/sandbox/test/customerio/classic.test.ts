import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventNames } from '../customerio-stage.ts'
import { waitUntil } from '../wait-until.ts'
import { cookies, openLoaded, openStage, type Stage, type Store } from './classic-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const rules = ({ customerio }: Store) => customerio.violations.map(({ rule }) => rule)
const received = (store: Store, count: number) =>
  waitUntil(() => store.customerio.view().calls.length === count)

async function openPage(store: Store, inline = ''): Promise<Page> {
  return openLoaded(await stage.visitor(), store.page({ inline }))
}

describe('before the script has loaded', () => {
  test('the stub is an array with the documented methods, and the tag says how it is set up', async () => {
    const store = stage.store()
    store.faults.customerioScript = 'hang'
    const page = await (await stage.visitor()).newPage()
    await page.goto(store.page({ useInApp: true }), { waitUntil: 'commit' })
    await page.waitForFunction(() => window._cio)
    expect(await page.evaluate(() => [Array.isArray(window._cio), ...Object.keys(window._cio)])).toEqual([
      true,
      ...['load', 'identify', 'sidentify', 'track', 'page', 'on', 'off'],
    ])
    expect(await page.locator('#cio-tracker').evaluate(tag => ({ ...tag.dataset }))).toEqual({
      siteId: store.id,
      useArrayParams: 'true',
      autoTrackPage: 'false',
      useInApp: 'true',
    })
  })

  test('there is no reset: calling it throws', async () => {
    const store = stage.store()
    const inline = 'window.seen = []; try { _cio.reset() } catch (error) { seen.push(error.name) }'
    const page = await openPage(store, inline)
    expect(await page.evaluate(() => window.seen)).toEqual(['TypeError'])
  })

  test('calls are carried out in order afterwards', async () => {
    const store = stage.store()
    await openPage(
      store,
      `_cio.track('one'); _cio.identify({ id: 'ann' }); _cio.track('two'); _cio.identify({ id: 'bob' }); _cio.track('three')`,
    )
    await received(store, 5)
    expect(eventNames(store.customerio.person('ann')?.events)).toEqual(['one', 'two'])
    expect(eventNames(store.customerio.person('bob')?.events)).toEqual(['three'])
  })

  test.each(['blocked', 500] as const)('%s: the stub stays and nothing is sent', async fault => {
    const store = stage.store()
    store.faults.customerioScript = fault
    const page = await (await stage.visitor()).newPage()
    const inline = `_cio.track('waiting'); window.seen = []
      document.getElementById('cio-tracker').onerror = () => seen.push('failed')`
    await page.goto(store.page({ inline }), { waitUntil: 'commit' })
    await page.waitForFunction(() => window.seen?.length)
    expect(await page.evaluate(() => [Array.isArray(window._cio), typeof window._cio.reset])).toEqual([
      true,
      'undefined',
    ])
    expect(store.customerio.view().calls).toEqual([])
  })
})

describe('who a call is about', () => {
  test('a visitor has an anonymous id, and keeps it on the next page', async () => {
    const store = stage.store()
    const page = await openPage(store)
    const first = await cookies(page)
    expect(first).toEqual({ anonymousId: expect.stringMatching(/^[\da-f-]{36}$/), id: undefined })
    await page.reload()
    await page.waitForFunction(() => window._cio.reset)
    expect(await cookies(page)).toEqual(first)
    await page.evaluate(() => window._cio.track('viewed'))
    await received(store, 1)
    expect(store.customerio.view().anonymous).toMatchObject([
      { anonymousId: first.anonymousId, events: [{ name: 'viewed' }] },
    ])
  })

  test('identify joins what was done before, and the person stays on the next page', async () => {
    const store = stage.store()
    const page = await openPage(store)
    await page.evaluate(() => {
      window._cio.track('viewed')
      window._cio.identify({ id: 'ann', email: 'ann@shop.example', tier: 'gold' })
    })
    await page.reload()
    await page.waitForFunction(() => window._cio.reset)
    await page.evaluate(() => window._cio.track('bought', { price: 3 }))
    await received(store, 3)
    const { anonymousId, id } = await cookies(page)
    expect(id).toBe('ann')
    expect(store.customerio.person('ann')).toMatchObject({
      email: 'ann@shop.example',
      attributes: { tier: { value: 'gold' } },
      anonymousIds: [anonymousId],
      events: [
        { name: 'viewed', merged: true },
        { name: 'bought', merged: false, userId: 'ann', properties: { price: 3 } },
      ],
      identifyCalls: 1,
    })
    expect(store.customerio.person('ann')?.attributes).not.toHaveProperty('id')
    expect(rules(store)).toEqual([])
  })

  test('reset: anonymous again, as somebody new', async () => {
    const store = stage.store()
    const page = await openPage(store)
    const before = await cookies(page)
    await page.evaluate(() => {
      window._cio.identify({ id: 'ann' })
      window._cio.reset?.()
      window._cio.track('viewed')
    })
    await received(store, 2)
    const after = await cookies(page)
    expect(after.id).toBeUndefined()
    expect(after.anonymousId).not.toBe(before.anonymousId)
    expect(store.customerio.person('ann')?.events).toEqual([])
    expect(store.customerio.view().anonymous).toMatchObject([{ anonymousId: after.anonymousId }])
  })

  test('another person without a reset takes the anonymous id of the first: a violation', async () => {
    const store = stage.store()
    const page = await openPage(store)
    await page.evaluate(() => {
      window._cio.identify({ id: 'ann' })
      window._cio.identify({ id: 'bob' })
    })
    await received(store, 2)
    expect((await cookies(page)).id).toBe('bob')
    expect(rules(store)).toEqual(['anonymous_id_reused'])
  })

  test('another tab’s person is everybody’s at once', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const [one, two] = [await openLoaded(visitor, store.page()), await openLoaded(visitor, store.page())]
    await one.evaluate(() => window._cio.identify({ id: 'ann' }))
    await two.evaluate(() => window._cio.track('bought'))
    await received(store, 2)
    expect(eventNames(store.customerio.person('ann')?.events)).toEqual(['bought'])
  })

  test('any id survives its cookie', async () => {
    const store = stage.store()
    const page = await openPage(store)
    await page.evaluate(() => {
      window._cio.identify({ id: 'Änn; 100%=1' })
      window._cio.track('bought')
    })
    await received(store, 2)
    expect(eventNames(store.customerio.person('Änn; 100%=1')?.events)).toEqual(['bought'])
  })
})

describe('pages', () => {
  test('the first is tracked when the script has loaded, unless that is turned off', async () => {
    const store = stage.store()
    const url = store.page({ autoTrackPage: true })
    await openLoaded(await stage.visitor(), url)
    await received(store, 1)
    expect(store.customerio.view().anonymous).toMatchObject([{ pages: [{ name: url }], events: [] }])
    // Without it, the call of the test is the first to arrive.
    const quiet = stage.store()
    await (await openPage(quiet)).evaluate(() => window._cio.track('viewed'))
    await received(quiet, 1)
    expect(quiet.customerio.view().calls).toMatchObject([{ type: 'track' }])
  })

  test('page() tells the given address, or that of the page', async () => {
    const store = stage.store()
    const page = await openPage(store)
    await page.evaluate(() => {
      window._cio.identify({ id: 'ann' })
      window._cio.page('https://shop.example/cart', { step: 1 })
      window._cio.page()
    })
    await received(store, 3)
    expect(store.customerio.person('ann')?.pages).toMatchObject([
      { name: 'https://shop.example/cart', properties: { step: 1 } },
      { name: page.url() },
    ])
  })
})

test('what is said while the page is left arrives', async () => {
  const store = stage.store()
  store.faults.customerioCollector = { delayMs: 100 }
  const page = await openPage(store)
  await page.evaluate(() => {
    for (const name of ['one', 'two', 'three']) window._cio.track(name)
  })
  await page.goto('about:blank')
  await received(store, 3)
  expect(eventNames(store.customerio.view().anonymous[0]?.events)).toEqual(['one', 'two', 'three'])
})

test('lists keep their shape only with data-use-array-params', async () => {
  for (const [useArrayParams, expected] of [
    [true, { items: ['a', ['b']] }],
    [false, { items: { 0: 'a', 1: { 0: 'b' } } }],
  ] as const) {
    const store = stage.store()
    const page = await openLoaded(await stage.visitor(), store.page({ useArrayParams }))
    await page.evaluate(() => window._cio.track('bought', { items: ['a', ['b']] }))
    await received(store, 1)
    expect(store.customerio.view().calls[0]?.data).toEqual(expected)
  }
})

test('a call kept from the stub still works, and malformed ones do nothing', async () => {
  const store = stage.store()
  const page = await openPage(store, 'window.kept = _cio.track')
  await page.evaluate(() => {
    for (const call of [null, 'track', [], ['nothing'], ['cookies'], ['toString']]) window._cio.push(call)
    ;(window as unknown as { kept(name: string): void }).kept('bought')
  })
  await received(store, 1)
  expect(store.customerio.view().calls).toMatchObject([{ name: 'bought' }])
})
