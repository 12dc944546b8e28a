import { gistSnippet } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settle } from './identity-stage.ts'
import {
  becomesLive,
  expectFlags,
  expectOpened,
  flagsOf,
  isStream,
  LISTENS,
  messageOf,
  openInboxStage,
  push,
  received,
  tokenOf,
} from './inbox-stage.ts'
import { eventually, holdScripts } from './stage.ts'

let stage: Awaited<ReturnType<typeof openInboxStage>>
beforeAll(async () => {
  stage = await openInboxStage()
})
afterAll(() => stage.close())

/** Runs in the page: what knows the inbox has been asked for. */
const isLoaded = () =>
  performance.getEntriesByType('resource').some(({ name }) => name.includes('find-inbox.js'))

test('a push is on the running FullStory session, typed, and opened at the server; nothing is shown', async () => {
  const { page, store, push, problems, live } = await stage.open()
  await live
  const before = await page.evaluate(() => document.body.innerHTML)
  const id = push({ properties: { set: { cart_abandoner_4h: true, VIP: 'gold', purchase_count: 3 } } })
  await expectFlags(store, 'ada', { cart_abandoner_4h: true, vip_tier: 'gold', purchase_count: 3 })
  await expectOpened(store, id)
  push({ properties: { unset: ['cart_abandoner_4h', 'aov'], set: { purchase_count: 4 } } })
  await expectFlags(store, 'ada', { cart_abandoner_4h: false, vip_tier: 'gold', purchase_count: 4 })
  const { flags, warnings } = await page.evaluate(() => window.bridge.status())
  expect(flags).toMatchObject({ vip_tier: { source: 'inbox', sent: true } })
  expect(warnings).toEqual([])
  expect(await page.evaluate(() => document.body.innerHTML)).toBe(before)
  const { sessions, violations } = store.fullstory.view()
  expect(sessions).toHaveLength(1)
  expect([violations, problems]).toEqual([[], []])
})

test('a shopper who arrives after the push has the flags at once, those of other topics stay', async () => {
  const store = stage.store()
  const sent = push(store, { properties: { set: { vip_tier: 'silver' } } })
  const news = push(store, { topic: 'news', properties: { set: { vip_tier: 'gold' } } })
  const expired = push(store, { expiresInMs: -1, properties: { set: { purchase_count: 9 } } })
  await stage.open({ store })
  await expectFlags(store, 'ada', { vip_tier: 'silver' })
  await expectOpened(store, sent)
  expect([messageOf(store, news)?.opened, messageOf(store, expired)?.opened]).toEqual([false, false])
})

test('NO-LEAK: what was sent to one person changes nothing for another, and is there when they are back', async () => {
  const { page, store, push, live } = await stage.open()
  await live
  await page.evaluate(() => window.bridge.identify('bob'))
  await expect.poll(() => tokenOf(page)).toBe('bob')
  const id = push({ properties: { set: { vip_tier: 'gold' } } })
  push({ to: 'bob', properties: { set: { purchase_count: 1 } } })
  await expectFlags(store, 'bob', { purchase_count: 1 })
  expect([flagsOf(store, 'ada'), messageOf(store, id)?.opened]).toEqual([{}, false])
  await page.evaluate(() => window.bridge.logout())
  await expect.poll(() => tokenOf(page)).toBe(null)
  await settle(page, store)
  expect(flagsOf(store, null)).toEqual({})
  await page.evaluate(() => window.bridge.identify('ada'))
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  await expectOpened(store, id)
  expect(flagsOf(store, 'bob')).toEqual({ purchase_count: 1 })
})

test('NO-LEAK: another tab changes the person while messages to the one before arrive', async () => {
  const before = `const Connection = EventSource
    window.EventSource = class extends Connection {
      constructor(...given) { super(...given); window.stream = this }
      close() { if (!window.keeps) super.close() }
    }`
  const store = stage.store()
  const visitor = await stage.visitor()
  const older = await stage.open({ store, visitor, before })
  await older.live
  const olderAgain = becomesLive(older.page)
  const newer = await stage.open({ store, visitor, before, setup: LISTENS })
  // One of them has the stream. What comes over it until it is opened anew is filed under the token that both share.
  await Promise.race([olderAgain, newer.live])
  const streams = ({ page }: typeof older) =>
    page.evaluate(() => (window as { stream?: EventSource }).stream?.readyState === EventSource.OPEN)
  const both = () => Promise.all([streams(older), streams(newer)])
  const [isOlder] = await eventually(both, ([one, other]) => one !== other, 'not one stream')
  const [streaming, other] = isOlder ? [older.page, newer.page] : [newer.page, older.page]
  const moved = visitor.waitForEvent('request', isStream)
  // The SDK closes the stream within a second, often before it opens the next one, and nothing could arrive.
  await streaming.evaluate('window.keeps = true')
  await other.evaluate(() => window.bridge.identify('bob'))
  await streaming.waitForFunction(() => window.bridge.status().identity.id === 'bob')
  const sent: string[] = []
  let isOld = true
  while (isOld) {
    const id = push(store, { properties: { set: { purchase_count: sent.length } } })
    sent.push(id)
    isOld = await Promise.race([received(streaming, id).then(() => true), moved.then(() => false)])
  }
  push(store, { to: 'bob', properties: { set: { vip_tier: 'silver' } } })
  await expectFlags(store, 'bob', { vip_tier: 'silver' })
  expect(sent.length).toBeGreaterThan(1)
  expect(sent.filter(id => messageOf(store, id)?.opened)).toEqual([])
})

test('duplicates and older messages change nothing, the order is that of `at`', async () => {
  const { page, store, push, live } = await stage.open()
  await live
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  push({ properties: { set: { vip_tier: 'gold' }, at: at(10) } })
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  const older = push({ properties: { set: { vip_tier: 'silver', aov: 1.5 }, at: at(20) } })
  await expectFlags(store, 'ada', { vip_tier: 'gold', aov: 1.5 })
  await expectOpened(store, older)
  const calls = await page.evaluate(() => window.bridge.status().vendors.fullstory.delivered)
  const again = push({ properties: { set: { vip_tier: 'gold', aov: 1.5 }, at: at(5) } })
  await expectOpened(store, again)
  await settle(page, store)
  expect(await page.evaluate(() => window.bridge.status().vendors.fullstory.delivered)).toBe(calls)
  // Set by the page later than what the campaign says.
  await page.evaluate(() => window.bridge.setFlags({ vip_tier: 'none' } as object))
  await expectOpened(store, push({ properties: { set: { vip_tier: 'silver' }, at: at(1) } }))
  await expectFlags(store, 'ada', { vip_tier: 'none', aov: 1.5 })
})

test('several at once are applied in the order of `at`, then of when they were sent', async () => {
  const store = stage.store()
  const sentAt = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  push(store, { sentAt: sentAt(9), properties: { set: { vip_tier: 'gold' }, at: sentAt(1).toISOString() } })
  push(store, { sentAt: sentAt(3), properties: { set: { vip_tier: 'silver', purchase_count: 2 } } })
  push(store, { sentAt: sentAt(5), properties: { set: { purchase_count: 1 }, at: 'yesterday' } })
  await stage.open({ store })
  await expectFlags(store, 'ada', { vip_tier: 'gold', purchase_count: 2 })
})

test('DECLARED: a wrong value or name is refused, the rest of the message is not; any content is survived', async () => {
  const { page, store, push, problems, live } = await stage.open()
  await live
  for (const set of ['gold', 7, null, [true], { vip_tier: 'bronze', nobody: true, purchase_count: 5 }])
    push({ properties: { set, unset: { of: set }, at: 7 } })
  await expectOpened(store, push({ properties: {} }))
  await expectFlags(store, 'ada', { purchase_count: 5 })
  const codes = await page.evaluate(() => window.bridge.status().warnings.map(({ code }) => code))
  expect([...new Set(codes)].sort()).toEqual(['flag-unknown', 'flag-value'])
  expect(problems).toEqual([])
})

test('CONSENT: without it nothing is loaded or touched, with it the message is applied', async () => {
  const store = stage.store()
  const id = push(store, { properties: { set: { vip_tier: 'gold' } } })
  const setup = LISTENS.replace('flags: plan }', "flags: plan, consent: 'pending' }")
  const { page, live } = await stage.open({ store, setup: `${setup} bridge.identify('ada')` })
  await page.evaluate(() => window.cioanalytics.identify('ada'))
  await live
  await received(page, id)
  expect([await page.evaluate(isLoaded), messageOf(store, id)?.opened]).toEqual([false, false])
  await page.evaluate(() => window.bridge.setConsent('granted'))
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  await expectOpened(store, id)
})

test('while an agent acts as the customer their messages are left alone', async () => {
  const { page, store, push, live } = await stage.open()
  await live
  await page.evaluate(() => window.bridge.impersonate(true))
  const id = push({ properties: { set: { vip_tier: 'gold' } } })
  await received(page, id)
  await settle(page, store)
  expect([flagsOf(store, 'ada'), messageOf(store, id)?.opened]).toEqual([{}, false])
  await page.evaluate(() => window.bridge.impersonate(false))
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  await expectOpened(store, id)
})

test('an SDK that comes late is found', async () => {
  const store = stage.store()
  push(store, { properties: { set: { vip_tier: 'gold' } } })
  const visitor = await stage.visitor()
  const release = await holdScripts(visitor, ['**/analytics.min.js'])
  const { page } = await stage.open({ store, visitor })
  await page.waitForFunction(isLoaded)
  expect(flagsOf(store, 'ada')).toEqual({})
  release()
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
})

test('after the returned function nothing is applied, and nothing runs', async () => {
  const { page, store, push, live } = await stage.open()
  await live
  push({ properties: { set: { vip_tier: 'gold' } } })
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  await page.evaluate(() => Object(window).stopInbox())
  const id = push({ properties: { set: { vip_tier: 'none' } } })
  await received(page, id)
  await settle(page, store)
  expect(messageOf(store, id)?.opened).toBe(false)
  expect(flagsOf(store, 'ada')).toEqual({ vip_tier: 'gold' })
})

test('deleted instead of opened', async () => {
  const setup = `${LISTENS.replace('flags: plan });', "flags: plan, after: 'delete' });")} bridge.identify('ada')`
  const { store, push, live } = await stage.open({ setup })
  await live
  const id = push({ properties: { set: { vip_tier: 'gold' } } })
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  await expect.poll(() => messageOf(store, id)?.deleted).toBe(true)
})

test('an inbox that cannot be told makes no noise', async () => {
  const { page, store, push, problems, live } = await stage.open()
  await live
  store.faults.inApp = 500
  push({ properties: { set: { vip_tier: 'gold' } } })
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  await settle(page, store)
  expect(problems).toEqual([])
})

test('Gist by itself', async () => {
  const store = stage.store()
  const before = gistSnippet({ origin: stage.sandbox.origin, workspace: store.id })
  const { page, problems, live } = await stage.open({ store, customerio: false, before })
  await live
  const id = push(store, { properties: { set: { cart_abandoner_4h: true } } })
  push(store, { topic: 'news', properties: { set: { purchase_count: 9 } } })
  await expectFlags(store, 'ada', { cart_abandoner_4h: true })
  await expectOpened(store, id)
  await page.evaluate(() => window.bridge.identify('bob'))
  await expect.poll(() => tokenOf(page)).toBe('bob')
  push(store, { properties: { set: { vip_tier: 'gold' } } })
  push(store, { to: 'bob', properties: { set: { vip_tier: 'silver' } } })
  await expectFlags(store, 'bob', { vip_tier: 'silver' })
  await page.evaluate(() => window.bridge.identify('ada'))
  await expectFlags(store, 'ada', { cart_abandoner_4h: true, vip_tier: 'gold' })
  expect(problems).toEqual([])
})

test('two tabs of one person: flags of the message are sent once, and both know them', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const first = await stage.open({ store, visitor })
  await first.live
  const second = await stage.open({ store, visitor })
  push(store, { properties: { set: { vip_tier: 'gold' } } })
  await expectFlags(store, 'ada', { vip_tier: 'gold' })
  for (const { page, problems } of [first, second]) {
    await expect.poll(() => page.evaluate(() => window.bridge.status().flags.vip_tier?.value)).toBe('gold')
    expect(problems).toEqual([])
  }
})
