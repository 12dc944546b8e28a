import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BRIDGE, expectFinding, foundOn, openDoctorStage } from './doctor-stage.ts'

let stage: Awaited<ReturnType<typeof openDoctorStage>>
beforeAll(async () => {
  stage = await openDoctorStage()
})
afterAll(() => stage.close())

const SET = `${BRIDGE} bridge.setFlags({ vip_tier: 'gold', purchase_count: 3, last_order_date: '2026-01-02' });`

/** Something else on the page sets user properties in FullStory, once the bridge has. */
const openOverwritten = async (properties: string) => {
  const opened = await stage.open({ setup: SET })
  await opened.page.waitForFunction(() => window.FS('getConfig')?.user?.properties?.vip_tier)
  await opened.page.evaluate(`FS('setProperties', { type: 'user', properties: ${properties} })`)
  return opened
}

test('flags that FullStory holds as they are: nothing is found', async () => {
  const { page } = await openOverwritten('{ vip_tier: "gold", purchase_count: 3, something: "else" }')
  expect(await foundOn(page)).toEqual([])
})

describe('flag-other-type', () => {
  test.each([
    ['purchase_count', '{ purchase_count: "three" }', 'number', 'string'],
    ['vip_tier', '{ vip_tier: ["gold"] }', 'string', 'list'],
    ['vip_tier', '{ vip_tier: true }', 'string', 'boolean'],
  ])('%s: something else sets %s', async (about, properties, expected, got) => {
    const { page } = await openOverwritten(properties)
    await expectFinding(page, { code: 'flag-other-type', about, expected, got, severity: 'error' })
  })
})

describe('flag-stale', () => {
  test('something else has set another value', async () => {
    const { page } = await openOverwritten('{ vip_tier: "none" }')
    await expectFinding(page, { code: 'flag-stale', about: 'vip_tier', expected: 'gold', got: 'none' })
  })

  test('it has run out, and FullStory cannot be told', async () => {
    const setup = `window.bridge = createBridge({ flags: { offer: { type: 'str', ttl: '1h', off: 'none' } } });
      bridge.setFlags({ offer: 'mugs' });`
    const { page } = await stage.open({ setup })
    await page.evaluate(async () => {
      await window.bridge.flush({ timeout: 15_000 })
      window.FS('shutdown')
    })
    await page.waitForFunction(() => window.bridge.status().vendors.fullstory.state === 'paused')
    // However long that took: the time is up now, which whatever is said next shows.
    await page.evaluate(() => {
      const { now } = Date
      Date.now = () => now() + 36e5 + 1
      window.bridge.track('wake')
    })
    await expectFinding(page, { code: 'flag-stale', about: 'offer', expected: 'none', got: 'ran out' })
  })
})

test('flag-unknown: undeclared', async () => {
  const { page } = await stage.open({ setup: `${BRIDGE} bridge.setFlags({ vip_teir: 'gold' });` })
  await expectFinding(page, { code: 'flag-unknown', about: 'vip_teir', expected: 'declared' })
})

describe('flag-refused', () => {
  test.each([
    ['a value of another type', `${BRIDGE} bridge.setFlags({ purchase_count: 'three' });`, 'purchase_count'],
    [
      'an address as its value',
      `${BRIDGE} bridge.setFlags({ cart_flow_variant: 'a@b.example' });`,
      'cart_flow_variant',
    ],
    [
      'a declaration that is none',
      "window.bridge = createBridge({ flags: { tier: { type: 'text' } } });",
      'flags.tier',
    ],
  ])('%s', async (_, setup, about) => {
    const { page } = await stage.open({ setup })
    const { got } = await expectFinding(page, { code: 'flag-refused', about, severity: 'warning' })
    expect(got).not.toContain('@')
  })
})

describe('budget', () => {
  test.each([
    [
      'flags',
      // As often as the limit of a second allows: FullStory is told of each.
      `let count = 0
       window.pump = setInterval(() => bridge.setFlags({ purchase_count: count++ }), 180);`,
    ],
    ['events', "for (let count = 0; count < 50; count++) bridge.track('payment_failed');"],
  ])('%s: near the limit of a minute', async (_, act) => {
    const { page } = await stage.open({ setup: BRIDGE + act })
    await expectFinding(page, { code: 'budget', about: 'fullstory', severity: 'warning' })
  })

  test('not by a burst', async () => {
    const { page } = await stage.open({
      setup: `${BRIDGE} for (let count = 0; count < 30; count++) bridge.track('product_viewed');`,
    })
    await page.evaluate(() => window.bridge.flush({ timeout: 15_000 }))
    expect(await foundOn(page)).toEqual([])
  })
})
