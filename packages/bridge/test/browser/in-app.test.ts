import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from './identity-stage.ts'
import {
  appears,
  EVENTS,
  expectHeard,
  heard,
  messageOn,
  openInAppStage,
  PASSED_ON,
  press,
  tracked,
} from './in-app-stage.ts'
import { expectOpened, push, tokenOf } from './inbox-stage.ts'
import { eventually } from './stage.ts'

let stage: Awaited<ReturnType<typeof openInAppStage>>
beforeAll(async () => {
  stage = await openInAppStage()
})
afterAll(() => stage.close())

const CAMPAIGN = { campaignId: 'delivery-1' }
const BROADCAST = {
  broadcast: { broadcastId: 'seven', broadcastIdInt: 7, templateId: 3, frequency: { count: 1, delay: 0 } },
}

test('the JavaScript SDK by itself: shown and clicked, of a campaign and of a broadcast', async () => {
  const { page, store, live, problems } = await stage.open()
  await live
  store.customerio.pushMessage({ to: 'ada', messageId: 'welcome', gist: CAMPAIGN })
  await appears(page, 'welcome')
  await press(page, 'Continue')
  await press(page, 'Close')
  const campaign = [
    ['shown', { delivery_id: 'delivery-1' }],
    ['clicked', { delivery_id: 'delivery-1', action_name: 'continue' }],
  ]
  await expectHeard(store, [['ada', ...campaign]])
  await messageOn(page).locator('body').waitFor({ state: 'detached' })
  store.customerio.pushMessage({ to: 'ada', messageId: 'sale', gist: BROADCAST })
  await appears(page, 'sale')
  await press(page, 'Continue')
  await expectHeard(store, [
    [
      'ada',
      ...campaign,
      ['shown', { broadcast_id: 7 }],
      ['clicked', { broadcast_id: 7, action_name: 'continue' }],
    ],
  ])
  await settle(page, store)
  expect(tracked(store).filter(name => !name.startsWith('settled'))).toEqual([
    'Report Delivery Event opened',
    'Report Delivery Event clicked',
    'Report Content Event viewed_content',
    'Report Content Event clicked_content',
  ])
  expect([store.fullstory.violations, problems]).toEqual([[], []])
})

test('with what the page passes on of the plugin: dismissed, too, and nothing twice', async () => {
  const { page, store, live } = await stage.open({ load: PASSED_ON })
  await live
  store.customerio.pushMessage({ to: 'ada', messageId: 'welcome', gist: CAMPAIGN })
  await appears(page, 'welcome')
  await press(page, 'Continue')
  await press(page, 'Close')
  const ids = { message_id: 'welcome', delivery_id: 'delivery-1' }
  await expectHeard(store, [
    ['ada', ['shown', ids], ['clicked', { ...ids, action_name: 'continue' }], ['dismissed', ids]],
  ])
  await settle(page, store)
  expect(heard(store)[0]).toHaveLength(4)
})

test('Gist by itself: shown, clicked and dismissed', async () => {
  const { page, store, live, problems } = await stage.open({ gist: true })
  await live
  store.customerio.pushMessage({ to: 'ada', messageId: 'sale', gist: BROADCAST })
  await appears(page, 'sale')
  await press(page, 'Continue')
  await press(page, 'Close')
  const ids = { message_id: 'sale', broadcast_id: 7 }
  await expectHeard(store, [
    ['ada', ['shown', ids], ['clicked', { ...ids, action_name: 'continue' }], ['dismissed', ids]],
  ])
  expect([store.fullstory.violations, problems, tracked(store)]).toEqual([[], [], []])
})

test('an anonymous visitor, whom Gist knows as a guest', async () => {
  const { page, store } = await stage.open({ gist: { useAnonymousSession: true }, setup: EVENTS })
  const token = await eventually(() => tokenOf(page), Boolean, 'a guest')
  store.customerio.pushMessage({ to: String(token), messageId: 'welcome' })
  await appears(page, 'welcome')
  await expectHeard(store, [[null, ['shown', { message_id: 'welcome' }]]])
  // The same visitor.
  await page.evaluate(() => window.bridge.identify('ada'))
  await press(page, 'Close')
  await expectHeard(store, [
    ['ada', ['shown', { message_id: 'welcome' }], ['dismissed', { message_id: 'welcome' }]],
  ])
})

test('messages of the inbox that are opened are not shown', async () => {
  const setup = `${EVENTS} bridge.identify('ada')
    const { inboxFlags } = await import('/dist/inbox/index.js')
    inboxFlags(bridge, { flags: plan })`
  const { page, store, live } = await stage.open({ setup })
  await live
  await expectOpened(store, push(store, { properties: { set: { vip_tier: 'gold' } } }))
  await expect.poll(() => tracked(store)).toContain('Report Delivery Event opened')
  await settle(page, store)
  expect(heard(store)).toEqual([['ada']])
})

describe('CONSENT', () => {
  test('pending: nothing is loaded; once granted, what happens from then on is told', async () => {
    const setup = `${EVENTS.replace('flags: plan', "flags: plan, consent: 'pending'")}`
    const { page, store, live } = await stage.open({ setup })
    await page.evaluate(() => window.cioanalytics.identify('ada'))
    await live
    store.customerio.pushMessage({ to: 'ada', messageId: 'welcome', gist: CAMPAIGN })
    await appears(page, 'welcome')
    await press(page, 'Continue')
    await expect.poll(() => tracked(store)).toContain('Report Delivery Event clicked')
    const loaded = () =>
      page.evaluate(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('/in-app-')),
      )
    expect([await loaded(), heard(store)]).toEqual([false, [[null]]])
    await page.evaluate(() => window.bridge.setConsent('granted'))
    await expect.poll(loaded).toBe(true)
    await press(page, 'Continue')
    await expectHeard(store, [['ada', ['clicked', { delivery_id: 'delivery-1', action_name: 'continue' }]]])
  })

  test('withdrawn: nothing is told', async () => {
    const { page, store, live } = await stage.open()
    await live
    store.customerio.pushMessage({ to: 'ada', messageId: 'welcome', gist: CAMPAIGN })
    await expectHeard(store, [['ada', ['shown', { delivery_id: 'delivery-1' }]]])
    await page.evaluate(() => window.bridge.setConsent('denied'))
    await press(page, 'Continue')
    await expect.poll(() => tracked(store)).toContain('Report Delivery Event clicked')
    await settle(page, store)
    expect(heard(store)).toEqual([['ada', ['shown', { delivery_id: 'delivery-1' }]]])
  })
})

describe('NO-LEAK', () => {
  test('a message that the one before saw is not of the next', async () => {
    const { page, store, live } = await stage.open()
    await live
    store.customerio.pushMessage({ to: 'ada', messageId: 'welcome', gist: CAMPAIGN })
    await expectHeard(store, [['ada', ['shown', { delivery_id: 'delivery-1' }]]])
    await page.evaluate(() => window.bridge.identify('bob'))
    await expect.poll(() => tokenOf(page)).toBe('bob')
    await press(page, 'Continue')
    await expect.poll(() => tracked(store)).toContain('Report Delivery Event clicked')
    await press(page, 'Close')
    store.customerio.pushMessage({ to: 'bob', messageId: 'hello', gist: { campaignId: 'delivery-2' } })
    await appears(page, 'hello')
    await expectHeard(store, [
      ['ada', ['shown', { delivery_id: 'delivery-1' }]],
      ['bob', ['shown', { delivery_id: 'delivery-2' }]],
    ])
  })

  test('a message that was sent to the one before and appears later is not of the next', async () => {
    const { page, context, store, live } = await stage.open()
    await live
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    await context.route('**/index.html', async route => {
      await held
      await route.continue()
    })
    store.customerio.pushMessage({ to: 'ada', messageId: 'welcome', gist: CAMPAIGN })
    await page.locator('iframe.gist-message').waitFor({ state: 'attached' })
    await page.evaluate(() => window.bridge.logout())
    await expect.poll(() => tokenOf(page)).toBe(null)
    await page.evaluate(() => window.bridge.identify('bob'))
    await expect.poll(() => tokenOf(page)).toBe('bob')
    release()
    await appears(page, 'welcome')
    await expect.poll(() => tracked(store)).toContain('Report Delivery Event opened')
    await settle(page, store)
    expect(heard(store)).toEqual([['ada'], ['bob']])
  })
})

test('after the returned function nothing is told', async () => {
  const { page, store, live } = await stage.open({ load: PASSED_ON })
  await live
  store.customerio.pushMessage({ to: 'ada', messageId: 'welcome', gist: CAMPAIGN })
  const shown = ['shown', { message_id: 'welcome', delivery_id: 'delivery-1' }]
  await expectHeard(store, [['ada', shown]])
  await page.evaluate(() => Object(window).stopInApp())
  await press(page, 'Continue')
  await expect.poll(() => tracked(store)).toContain('Report Delivery Event clicked')
  await settle(page, store)
  expect(heard(store)).toEqual([['ada', shown]])
})
