import { goInHistory, need } from '@retention-bridge/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkoutSetup, checkoutStore, held, withStep } from './checkout-stage.ts'
import { eventually, names, namesAs, openPage, openStage, type Stage, type Store, settled } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const open = async () => {
  const store = checkoutStore(stage)
  const visitor = await stage.visitor()
  const opened = await openPage(visitor, store.url({ setup: checkoutSetup() }))
  await settled(opened.page, store)
  return { store, visitor, ...opened }
}

const loaded = (page: Page) => page.waitForFunction(() => window.loaded)
/** As a link, a form or a script of the page does it. */
const follow = async (page: Page, url: string) => {
  await Promise.all([page.waitForURL(url), page.evaluate(to => location.assign(to), url)])
  await loaded(page)
}
const back = async (page: Page) => {
  await goInHistory(page, -1)
  await loaded(page)
}
const events = (store: Store) => {
  const { sessions, anonymous } = held(store)
  return { fullstory: sessions.flatMap(([, names]) => names ?? []), customerio: anonymous.flat() }
}
const both = (names: string[]) => ({ fullstory: names, customerio: names })

test('the tab is closed: abandoned in FullStory at that moment', async () => {
  need('navigation-api')
  need('closing-tab')
  const { store, page } = await open()
  await page.evaluate(() => window.checkout.step('shipping'))
  await settled(page, store)
  await page.close({ runBeforeUnload: true })
  await eventually(
    () => held(store),
    ({ sessions, flags }) =>
      JSON.stringify([sessions, flags]) ===
      '[[[null,["checkout_started","checkout_step","checkout_abandoned"]]],[[null,"abandoned",false]]]',
    'abandoned',
  )
  // Its SDK hardly ever gets anything out of a page that is closing: to a campaign the order that never came says it.
  const [started, step, ...last] = events(store).customerio
  expect([started, step]).toEqual(['checkout_started', 'checkout_step'])
  expect([[], ['checkout_abandoned']]).toContainEqual(last)
  expect(held(store).violations).toEqual([])
})

test('a reload in the middle goes on: abandoned is taken back, and nothing begins anew', async () => {
  need('navigation-api')
  const { store, page, problems } = await open()
  await page.evaluate(() => window.checkout.step('shipping'))
  await settled(page, store)
  await page.reload()
  await loaded(page)
  await page.evaluate(() => {
    window.checkout.step('shipping')
    window.checkout.step('payment')
  })
  await settled(page, store)
  const all = [
    'checkout_started',
    'checkout_step shipping',
    'checkout_abandoned shipping',
    'checkout_resumed shipping',
    'checkout_step payment',
  ]
  const { sessions } = store.fullstory.view()
  expect(names(sessions.flatMap(({ events }) => events.map(withStep)))).toEqual(all)
  // What a page says while it is left hardly ever gets out, as above.
  const { anonymous } = store.customerio.view()
  expect([all, all.filter(name => !/abandoned/.test(name))]).toContainEqual(
    anonymous.flatMap(({ events }) => namesAs(all, events.map(withStep))),
  )
  expect(held(store).flags).toEqual([[null, 'open', false]])
  expect(problems).toEqual([])
})

test('the next page of the checkout, and the way over a payment provider, are no leaving', async () => {
  const { store, page } = await open()
  await follow(page, store.url({ setup: checkoutSetup("checkout.started(); checkout.step('payment')") }))
  await settled(page, store)
  await follow(page, store.url({ setup: 'window.provider = true' }))
  const order = "checkout.completed({ orderId: 'A-1', total: 5, currency: 'EUR' })"
  await follow(page, store.url({ setup: checkoutSetup(order) }))
  await settled(page, store)
  expect(events(store)).toEqual(both(['checkout_started', 'checkout_step', 'order_completed']))
  expect(held(store).flags).toEqual([[null, 'completed', false]])
})

test('a page outside of the checkout says that it was left; the checkout then goes on', async () => {
  need('restored-tab-storage')
  const { store, page, problems } = await open()
  await follow(page, store.url({ setup: checkoutSetup('checkout.abandoned()') }))
  await settled(page, store)
  expect(held(store).flags).toEqual([[null, 'abandoned', false]])
  await back(page)
  await settled(page, store)
  expect(events(store)).toEqual(both(['checkout_started', 'checkout_abandoned', 'checkout_resumed']))
  expect(held(store)).toMatchObject({ flags: [[null, 'open', false]], violations: [] })
  expect(problems).toEqual([])
})

test("a round trip through the browser's cache", async () => {
  need('navigation-api')
  const { store, page } = await open()
  // The browser of the tests has no such cache: these are the events that it consists of.
  const turn = (type: 'pagehide' | 'pageshow') =>
    page.evaluate(name => {
      dispatchEvent(new PageTransitionEvent(name, { persisted: true }))
    }, type)
  await turn('pagehide')
  await eventually(
    () => events(store),
    seen => JSON.stringify(seen) === JSON.stringify(both(['checkout_started', 'checkout_abandoned'])),
    'abandoned',
  )
  await turn('pageshow')
  await settled(page, store)
  expect(events(store)).toEqual(both(['checkout_started', 'checkout_abandoned', 'checkout_resumed']))
  expect(held(store)).toMatchObject({ flags: [[null, 'open', false]], violations: [] })
  await page.evaluate(() => window.checkout.completed({ orderId: 'A-1', total: 5, currency: 'EUR' }))
  await turn('pagehide')
  await turn('pageshow')
  await settled(page, store)
  expect(events(store).fullstory.slice(3)).toEqual(['order_completed'])
  expect(held(store).flags).toEqual([[null, 'completed', false]])
})

test('the back button from the confirmation: completed stays completed', async () => {
  need('restored-tab-storage')
  const { store, page } = await open()
  const order = "checkout.completed({ orderId: 'A-1', total: 5, currency: 'EUR' })"
  await follow(page, store.url({ setup: checkoutSetup(order) }))
  await settled(page, store)
  await back(page)
  await page.evaluate(() => {
    window.checkout.started()
    window.checkout.step('payment')
    window.checkout.paymentFailed({ code: 'cart_empty' })
    window.checkout.abandoned()
  })
  await settled(page, store)
  await goInHistory(page, 1)
  await loaded(page)
  await page.reload()
  await loaded(page)
  await settled(page, store)
  expect(events(store)).toEqual(both(['checkout_started', 'order_completed']))
  expect(held(store)).toMatchObject({ flags: [[null, 'completed', false]], violations: [] })

  await follow(page, store.url({ setup: checkoutSetup() }))
  await settled(page, store)
  expect(events(store)).toEqual(both(['checkout_started', 'order_completed', 'checkout_started']))
})

test('the back button inside a page that makes its own addresses', async () => {
  need('navigation-api')
  const { store, page } = await open()
  await page.evaluate(() => {
    window.checkout.completed({ orderId: 'A-1', total: 5, currency: 'EUR' })
    history.pushState(null, '', '#thanks')
  })
  await goInHistory(page, -1)
  await page.evaluate(() => window.checkout.started())
  await settled(page, store)
  expect(events(store)).toEqual(both(['checkout_started', 'order_completed']))
  await page.evaluate(() => {
    history.pushState(null, '', '#checkout-again')
    window.checkout.started()
  })
  await settled(page, store)
  expect(events(store)).toEqual(both(['checkout_started', 'order_completed', 'checkout_started']))
})
