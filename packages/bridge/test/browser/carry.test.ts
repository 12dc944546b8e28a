import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CarryResult } from '../../src/carry/index.ts'
import { names, openPage, openStage, type Stage, type Store, settled } from './stage.ts'

declare global {
  interface Window {
    carry: typeof import('../../src/carry/index.ts')
    carried: CarryResult
  }
}

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const SETUP =
  "window.bridge = createBridge({ flags: plan }); window.carry = await import('/dist/carry/index.js')"
const READ = `${SETUP}; window.carried = carry.readCarry(bridge)`

/** The same server by its other name: to browsers a site of its own, with cookies and storage of its own. */
const otherSite = (store: Store, setup = READ) => store.url({ setup }).replace('localhost', '127.0.0.1')

const shop = async (setup = '') => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const opened = await openPage(visitor, store.url({ setup: `${SETUP}; ${setup}` }))
  await settled(opened.page, store)
  return { store, visitor, ...opened }
}
const link = (page: Page, url: string): Promise<string> =>
  page.evaluate(to => window.carry.carryLink(window.bridge, to), url)
const arrive = async (page: Page, url: string) => {
  await page.goto(url, { waitUntil: 'commit' })
  await page.waitForFunction(() => window.loaded)
  return page.evaluate(() => window.carried)
}
const people = (store: Store) => {
  const { people, anonymous, violations } = store.customerio.view()
  const fullstory = store.fullstory.view()
  return {
    customerio: people.map(({ id, events }) => [id, names(events)]),
    anonymous: anonymous.map(({ events }) => names(events)),
    fullstory: fullstory.sessions.map(({ uid, events }) => [uid, names(events)]),
    violations: [...violations, ...fullstory.violations],
  }
}

test('a person who is known goes on as themselves on the other site, once', async () => {
  const { store, page, problems } = await shop("bridge.identify('cust_7'); bridge.track('in_shop')")
  const before = await page.evaluate(() => window.bridge.status().vendors.customerio.anonymousId)
  const url = await link(page, otherSite(store))
  expect(new URL(url).searchParams.get('rb_carry')).toMatch(/^1\.\d+\.\w+\.[\w-]+\.cust_7$/)

  expect(await arrive(page, url)).toEqual({ outcome: 'carried', id: 'cust_7' })
  expect(page.url()).not.toContain('rb_carry')
  await page.evaluate(() => window.bridge.track('at_checkout'))
  await settled(page, store)
  expect(await page.evaluate(() => window.bridge.status().vendors.customerio.anonymousId)).toBe(before)
  const expected = {
    customerio: [['cust_7', ['in_shop', 'at_checkout']]],
    anonymous: [],
    fullstory: [
      ['cust_7', ['in_shop']],
      ['cust_7', ['at_checkout']],
    ],
    violations: [],
  }
  expect(people(store)).toEqual(expected)

  await page.evaluate(() => window.bridge.logout())
  await settled(page, store)
  expect(await arrive(page, url)).toEqual({ outcome: 'refused', reason: 'used' })
  expect(page.url()).not.toContain('rb_carry')
  await settled(page, store)
  expect(people(store)).toMatchObject({ customerio: expected.customerio, violations: [] })
  expect(problems).toEqual([])
})

test('an anonymous visitor who is identified on the other site brings what they did in the shop', async () => {
  const { store, page, problems } = await shop("bridge.track('in_shop')")
  const url = await link(page, `${otherSite(store)}?cart=7#top`)
  expect(await arrive(page, url)).toEqual({ outcome: 'carried', id: '' })
  expect(page.url()).toMatch(/\?cart=7#top$/)
  await page.evaluate(() => {
    window.bridge.track('at_checkout')
    window.bridge.identify('cust_8')
  })
  await settled(page, store)
  expect(people(store)).toMatchObject({
    customerio: [['cust_8', ['in_shop', 'at_checkout']]],
    anonymous: [],
    violations: [],
  })
  expect(problems).toEqual([])
})

describe('refused, with nobody identified and the address bar clean', () => {
  const soon = () => Date.now() + 60_000
  const links: [reason: string, parameter: () => string][] = [
    ['malformed', () => 'hello'],
    ['malformed', () => `2.${soon()}.abc.anon-1.cust_7`],
    ['malformed', () => `1.${soon()}.abc..`],
    ['malformed', () => `1.${Date.now() + 86_400_000}.abc.anon-1.cust_7`],
    ['malformed', () => `1.${soon()}.abc.an on.cust_7`],
    ['expired', () => `1.${Date.now() - 1}.abc.anon-1.cust_7`],
    ['id', () => `1.${soon()}.abc.anon-1.null`],
    ['id', () => `1.${soon()}.abc.anon-1.cio_7`],
    ['id', () => `1.${soon()}.abc.anon-1.eve@example.com`],
    ['id', () => `1.${soon()}.abc.anon-1.${'x'.repeat(151)}`],
  ]
  test.each(links)('%s %#', async (reason, parameter) => {
    const store = stage.store()
    const page = await (await stage.visitor()).newPage()
    const url = new URL(otherSite(store))
    url.searchParams.set('rb_carry', parameter())
    expect(await arrive(page, url.href)).toEqual({ outcome: 'refused', reason })
    expect(page.url()).not.toContain('rb_carry')
    await page.evaluate(() => window.bridge.track('stays_anonymous'))
    await settled(page, store)
    expect(people(store)).toEqual({
      customerio: [],
      anonymous: [['stays_anonymous']],
      fullstory: [[null, ['stays_anonymous']]],
      violations: [],
    })
    const { customerio } = await page.evaluate(() => window.bridge.status().vendors)
    expect(customerio.anonymousId).not.toBe('anon-1')
  })

  test('known: whom the other site knows stays who they are', async () => {
    const { store, page } = await shop("bridge.identify('cust_7')")
    const url = await link(
      page,
      otherSite(
        store,
        `${SETUP}; bridge.identify('eve')
      window.carried = carry.readCarry(bridge)`,
      ),
    )
    expect(await arrive(page, url)).toEqual({ outcome: 'refused', reason: 'known' })
    await page.evaluate(() => window.bridge.track('of_eve'))
    await settled(page, store)
    expect(people(store).customerio).toEqual(
      expect.arrayContaining([
        ['cust_7', []],
        ['eve', ['of_eve']],
      ]),
    )
  })
})

test('without consent a link carries nothing, and one that does is left alone until there is', async () => {
  const { store, page } = await shop("bridge.identify('cust_7')")
  const pending = `window.bridge = createBridge({ flags: plan, consent: 'pending' })
    window.carry = await import('/dist/carry/index.js'); window.carried = carry.readCarry(bridge)`
  const url = await link(page, otherSite(store, pending))
  expect(await arrive(page, url)).toEqual({ outcome: 'refused', reason: 'consent' })
  expect(page.url()).toContain('rb_carry')
  expect(await link(page, 'http://shop.example/a')).toBe('http://shop.example/a')
  const later = await page.evaluate(() => {
    window.bridge.setConsent('granted')
    return window.carry.readCarry(window.bridge)
  })
  expect(later).toEqual({ outcome: 'carried', id: 'cust_7' })
  await settled(page, store)
  expect(await page.evaluate(() => window.bridge.status().identity.id)).toBe('cust_7')
})

test('a link lives as long as it is told, and what is no address stays what it is', async () => {
  const { page } = await shop("bridge.identify('cust_7')")
  const ends = await page.evaluate(() => {
    Date.now = () => 1_000_000_000
    return [undefined, 1000, 9e9].map(lifetime => {
      const url = new URL(window.carry.carryLink(window.bridge, '/checkout', { lifetime }))
      return Number(url.searchParams.get('rb_carry')?.split('.')[1]) - Date.now()
    })
  })
  expect(ends).toEqual([120_000, 1000, 600_000])
  expect(await link(page, 'http://')).toBe('http://')
})
