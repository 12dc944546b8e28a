import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBridge } from '../../../src/index.ts'
import {
  createCustomerIo,
  createFullStory,
  expectAnonymous,
  expectEvent,
  expectFlag,
  expectNoViolations,
  expectOneIdentity,
  settled,
} from '../../../src/testing/index.ts'
import { leavePage } from '../page.ts'
import { flags, messageOf, openPage } from './test-page.ts'

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  leavePage()
  vi.restoreAllMocks()
})

describe('expectOneIdentity, expectAnonymous', () => {
  test('everybody agrees', async () => {
    const page = openPage()
    await settled(page)
    expectAnonymous(page)
    expect(page).toBeAnonymous()
    page.bridge.identify('ada', { traits: { email: 'ada@example.com' } })
    await settled(page)
    expectOneIdentity(page, 'ada')
    expectOneIdentity({ fullstory: page.fullstory }, 'ada')
    expect(page).toHaveOneIdentity('ada')
    expect(page).not.toHaveOneIdentity('bob')
    page.bridge.logout()
    await settled(page)
    expectAnonymous(page)
  })

  test('one who does not is named, in a message that can be read', async () => {
    const page = openPage()
    page.bridge.identify('ada')
    await settled(page)
    page.customerio.user().id('bob')
    expect(messageOf(() => expectOneIdentity(page, 'ada'))).toBe(
      `The visitor is not "ada" to everybody
    bridge                   "ada"
    FullStory, this page     "ada"
    FullStory, this session  "ada"
  - Customer.io, this page   "ada"
  + Customer.io, this page   "bob"
    Customer.io, its people  "ada"`,
    )
    expect(messageOf(() => expectAnonymous(page))).toContain('Left by an earlier test?')
  })

  test('each of them is asked', async () => {
    const { bridge, fullstory, customerio } = openPage()
    bridge.identify('ada')
    await settled({ bridge, fullstory, customerio })
    fullstory.anonymize()
    await settled({ fullstory })
    expect(messageOf(() => expectOneIdentity({ fullstory }, 'ada'))).toContain('+ FullStory, this page')
    expect(messageOf(() => expectOneIdentity({ bridge }, 'bob'))).toContain('+ bridge')
    customerio.user().reset()
    expect(messageOf(() => expectOneIdentity({ customerio }, 'ada'))).toContain('+ Customer.io, this page')
    expect(messageOf(() => expectOneIdentity({ customerio }, 'bob'))).toContain(
      '+ Customer.io, its people  "nobody"',
    )
  })

  test('why it may be so is said: not settled, not there, refused', async () => {
    const page = openPage()
    page.bridge.identify('undefined')
    page.bridge.identify('ada')
    await Promise.resolve()
    const early = messageOf(() => expectOneIdentity(page, 'ada'))
    expect(early).toContain('The bridge warns: identify:')
    const blocked = createFullStory({ delayStart: true })
    blocked.block()
    expect(messageOf(() => expectOneIdentity({ fullstory: blocked }, 'ada'))).toContain(
      'FullStory is blocked.',
    )
    const customerio = createCustomerIo({ delayStart: true })
    expect(messageOf(() => expectOneIdentity({ customerio }, 'ada'))).toContain('Customer.io is loading.')
    const fullstory = createFullStory()
    fullstory('setIdentity', { uid: 'ada' })
    fullstory('setIdentity', { uid: 'bob' })
    expect(messageOf(() => expectOneIdentity({ fullstory }, 'bob'))).toContain('await settled(…) first')
  })

  test('a guest is not anonymous; an address as the id is one identity', async () => {
    const page = openPage()
    page.bridge.guest({ email: 'ada@example.com' })
    await settled(page)
    expect(messageOf(() => expectAnonymous(page))).toMatch(/\+ bridge, state +"guest"/)
    leavePage()
    const fullstory = createFullStory()
    const customerio = createCustomerIo()
    const bridge = createBridge({ flags, fullstory, customerio, identity: { key: 'email' } })
    bridge.identify('ada@example.com')
    await settled({ bridge, fullstory, customerio })
    expectOneIdentity({ bridge, fullstory, customerio }, 'ada@example.com')
  })
})

describe('expectFlag', () => {
  test('values of all types, of whoever is there and of others', async () => {
    const page = openPage()
    const { bridge, fullstory } = page
    bridge.identify('ada', {
      flags: { vip_tier: 'gold', tags: ['a', 'b'], last_order_date: new Date('2026-01-31') },
    })
    await settled(page)
    expectFlag(fullstory, 'vip_tier', 'gold')
    expectFlag(fullstory, 'tags', ['a', 'b'])
    expectFlag(fullstory, 'last_order_date', new Date('2026-01-31'))
    expect(fullstory).toHaveFlag('vip_tier', expect.any(String))
    bridge.logout()
    await settled(page)
    expectFlag(fullstory, 'vip_tier', 'gold', 'ada')
    expect(fullstory).not.toHaveFlag('vip_tier', 'gold')
  })

  test('what there is instead is listed', async () => {
    const page = openPage()
    const { bridge, fullstory } = page
    bridge.identify('ada', { flags: { vip_tier: 'gold', tags: ['a', 'b'] } })
    await settled(page)
    expect(messageOf(() => expectFlag(fullstory, 'vip_tier', 'none'))).toBe(
      `FullStory does not have that user property of "ada"
  - vip_tier = "none"
  + vip_tier = "gold" (str)`,
    )
    expect(messageOf(() => expectFlag(fullstory, 'cart', true))).toBe(
      `FullStory does not have that user property of "ada"
  - cart = true
  + not set; there is:
    vip_tier = "gold" (str)
    tags = ["a","b"] (strs)`,
    )
    expect(messageOf(() => expectFlag(fullstory, 'vip_tier', 'gold', 'bob'))).toContain('nobody of that uid')
    for (const list of [['a'], ['a', 'b', 'c'], ['b', 'a'], {}])
      expect(messageOf(() => expectFlag(fullstory, 'tags', list))).toContain('+ tags = ["a","b"] (strs)')
  })
})

describe('expectEvent', () => {
  test('by name, properties and person, in either vendor', async () => {
    const page = openPage()
    const { bridge, fullstory, customerio } = page
    bridge.track('viewed', { sku: 'a', lines: [{ n: 1 }, { n: 2 }], at: new Date(0) })
    await settled(page)
    for (const double of [fullstory, customerio]) {
      expectEvent(double, 'viewed', { sku: 'a' }, null)
      expect(expectEvent(double, 'viewed', { lines: [{ n: 1 }, { n: 2 }] }).person).toBe(null)
      expect(double).toHaveEvent('viewed', { sku: expect.stringMatching(/^a$/), at: new Date(0) })
      expect(double).not.toHaveEvent('viewed', { lines: [{ n: 1 }] })
    }
    bridge.identify('ada')
    await settled(page)
    for (const double of [fullstory, customerio]) {
      expect(expectEvent(double, 'viewed').person).toBe('ada')
      expectEvent(double, 'viewed', {}, 'ada')
      expect(double).not.toHaveEvent('viewed', {}, null)
    }
  })

  test('what there is instead is listed', async () => {
    const { fullstory, customerio } = openPage()
    expect(messageOf(() => expectEvent(fullstory, 'viewed'))).toBe(
      `FullStory has no such event
  - viewed {}
  + no events at all`,
    )
    fullstory('trackEvent', { name: 'viewed', properties: { sku: 'a' } })
    expect(messageOf(() => expectEvent(fullstory, 'viewed', { sku: 'b' }, 'ada'))).toBe(
      `FullStory has no such event
  - viewed {"sku":"b"} of "ada"
  + viewed {"sku":"a"} of an anonymous visitor`,
    )
    customerio.track('listed')
    expect(messageOf(() => expectEvent(customerio, 'listed'))).toContain('await settled(…) first')
    await settled({ customerio })
    expect(messageOf(() => expectEvent(customerio, 'viewed'))).toContain('+ listed')
  })
})

test('expectNoViolations: each is named, with what to do', async () => {
  const { fullstory, customerio } = openPage()
  expectNoViolations(fullstory, customerio)
  fullstory('setIdentity', { uid: 'undefined' })
  await customerio.identify('x'.repeat(151))
  expect(fullstory).not.toHaveNoViolations()
  const message = messageOf(() => expectNoViolations(fullstory, customerio))
  expect(message).toMatch(/^2 rules were broken\n {2}\+ FullStory: "undefined" \(illegal_uid\)\n {4}\w/)
  expect(message).toContain('+ Customer.io: 151 characters (id_too_long)')
  for (const { fix, source, at } of [...fullstory.violations, ...customerio.violations]) {
    expect(fix).toMatch(/^[A-Z].*\.$/)
    expect(source).toMatch(/^https:\/\//)
    expect(at).toBeGreaterThan(0)
  }
})
