import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectHoldings, expectId, visit, visitAt } from './identity-stage.ts'
import { eventually, openStage, type Stage } from './stage.ts'

/** A flag that runs out (FRESH), with the real SDKs: at its time, while the page sleeps, is closed, is another's. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const create = (ttl: number) => `
  const flags = { ...plan, cart_abandoner_4h: { type: 'bool', ttl: ${ttl} } }
  window.bridge = createBridge({ flags })`

/** The flag is FullStory's, and will be over at the time it answers. */
const abandon = async (page: Page, id = 'A') => {
  await page.evaluate(person => {
    window.bridge.identify(person, { flags: { cart_abandoner_4h: true } as never })
  }, id)
  const flag = () => page.evaluate(() => window.bridge.status().flags.cart_abandoner_4h)
  const sent = await eventually(flag, seen => seen?.sent === true, 'the flag was not sent')
  return sent?.expires as number
}
const isOver = (end: number) => expect.poll(() => Date.now()).toBeGreaterThan(end)

test('on the open page it is taken back at that time', async () => {
  const store = stage.store()
  const opened = await visit(await stage.visitor(), store, { setup: create(5000) })
  const end = await abandon(opened.page)
  await expectHoldings(store, {
    people: { A: {} },
    sessions: [{ uid: 'A', flags: { cart_abandoner_4h: true } }],
  })
  await isOver(end)
  await expectHoldings(store, {
    people: { A: {} },
    sessions: [{ uid: 'A', flags: { cart_abandoner_4h: false } }],
  })
  expect(opened.problems).toEqual([])
})

test('a laptop that was asleep when it ran out: it is taken back when that wakes', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  await visitor.clock.install()
  const opened = await visit(visitor, store, { setup: create(4 * 3_600_000) })
  await abandon(opened.page)
  const values = () =>
    store.fullstory.view().users.map(({ properties }) => properties.cart_abandoner_4h?.value)
  await expect.poll(values).toEqual([true])
  const isTrue = () => opened.page.evaluate(() => window.bridge.status().flags.cart_abandoner_4h?.value)
  await opened.page.clock.fastForward('03:59:00')
  expect(await isTrue()).toBe(true)
  // The lid was closed: timers are late, once each.
  await opened.page.clock.fastForward('05:00:00')
  await expect.poll(isTrue).toBe(false)
  // FullStory sleeps since its thirty idle minutes, until somebody is there.
  expect(values()).toEqual([true])
  await opened.page.mouse.move(10, 10)
  await expect.poll(values).toEqual([false])
  expect(opened.problems).toEqual([])
})

test('a page that is closed leaves it to the next one, first thing', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const url = store.url({ setup: create(5000) })
  const first = await visitAt(visitor, store, url)
  const end = await abandon(first.page)
  // Still on its way, the identify would rightly be said again.
  await first.settle()
  await first.page.close()
  await isOver(end)
  const next = await visitAt(visitor, store, url)
  await expectHoldings(store, {
    people: { A: {} },
    sessions: [{ uid: 'A', flags: { cart_abandoner_4h: false }, identifies: 2 }],
  })
  expect(next.problems).toEqual([])
})

test('somebody else has nothing of it, and it is taken back when its person is here again (NO-LEAK)', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const url = store.url({ setup: create(5000) })
  const opened = await visitAt(visitor, store, url)
  const end = await abandon(opened.page)
  await opened.act(bridge => bridge.identify('B'))
  await isOver(end)
  await opened.settle()
  await expectId(opened, 'B')
  const flags = () =>
    Object.fromEntries(
      store.fullstory
        .view()
        .users.filter(({ uid }) => uid)
        .map(({ uid, properties }) => [uid, properties.cart_abandoner_4h?.value]),
    )
  expect(flags()).toEqual({ A: true, B: undefined })
  await opened.act(bridge => bridge.identify('A'))
  await expect.poll(flags).toEqual({ A: false, B: undefined })
  expect(store.fullstory.view().violations).toEqual([])
})
