import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, openStarted, type Stage } from './fullstory-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

async function startedPage() {
  const org = stage.org()
  return { org, page: await openStarted(await stage.visitor(), org.page()) }
}

describe('types', () => {
  test('V2 infers: number real, boolean bool, text str, Date date, lists the plural', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() =>
      window.FS('setProperties', {
        type: 'user',
        properties: {
          count: 3,
          vip: true,
          plan: 'gold',
          since: new Date('2024-05-01T10:00:00Z'),
          plans: ['a', 'b'],
          counts: [1, 2],
        },
      }),
    )
    await org.settled(page)
    expect(org.collector.view().users[0]?.properties).toMatchObject({
      count: { value: 3, type: 'real' },
      vip: { value: true, type: 'bool' },
      plan: { value: 'gold', type: 'str' },
      since: { value: '2024-05-01T10:00:00.000Z', type: 'date' },
      plans: { value: ['a', 'b'], type: 'strs' },
      counts: { value: [1, 2], type: 'reals' },
    })
  })

  test('a schema decides, a flat one is silently dropped', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => {
      const schema = { properties: { count: 'int', last_order_date: 'date' } }
      const properties = { count: 3, last_order_date: '2024-05-01' }
      window.FS('setProperties', { type: 'user', properties, schema })
      window.FS('setProperties', { type: 'user', properties: { flat: 3 }, schema: { flat: 'int' } })
      window.FS('trackEvent', { name: 'ordered', properties, schema })
      window.FS('setIdentity', {
        uid: 'ann',
        properties: { visits: 2 },
        schema: { properties: { visits: 'int' } },
      })
    })
    await org.settled(page)
    const { users, sessions, violations } = org.collector.view()
    expect(users[0]?.properties).toMatchObject({
      count: { type: 'int' },
      last_order_date: { value: '2024-05-01', type: 'date' },
      flat: { type: 'real' },
      visits: { type: 'int' },
    })
    expect(sessions[0]?.events[0]?.types).toEqual({ count: 'int', last_order_date: 'date' })
    expect(violations).toEqual([])
  })

  test('V1 suffixes are stripped into a type: the same filter name as V2', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => {
      window.FS.setUserVars({
        plan_str: 'gold',
        count_int: 3,
        aov_real: 12.5,
        vip_bool: true,
        since_date: '2024-05-01T10:00:00Z',
        plans_strs: ['a'],
        ids_ints: [1, 2],
      })
      window.FS('setProperties', { type: 'user', properties: { plan: 'silver' } })
    })
    await org.settled(page)
    const { users, violations } = org.collector.view()
    expect(users[0]?.properties).toMatchObject({
      plan: { value: 'silver', type: 'str' },
      count: { value: 3, type: 'int' },
      aov: { value: 12.5, type: 'real' },
      vip: { value: true, type: 'bool' },
      since: { type: 'date' },
      plans: { type: 'strs' },
      ids: { value: [1, 2], type: 'ints' },
    })
    expect(violations).toEqual([])
  })

  test('a V1 name without a suffix is a violation and not stored', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => {
      window.FS.setUserVars({ plan: 'gold', email: 'a@b.c' })
      window.FS.event('ordered', { total: 3, paid_bool: true })
    })
    await org.settled(page)
    const { users, sessions, violations } = org.collector.view()
    expect(users[0]).toMatchObject({ email: 'a@b.c', properties: {} })
    expect(sessions[0]?.events[0]).toMatchObject({ name: 'ordered', properties: { paid: true } })
    expect(violations.map(({ rule }) => rule)).toEqual(['missing_suffix', 'missing_suffix'])
  })

  test('undefined vanishes, null stays, NaN becomes null', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() =>
      window.FS('setProperties', { type: 'user', properties: { a: undefined, b: null, c: Number.NaN } }),
    )
    await org.settled(page)
    const { users, violations } = org.collector.view()
    expect(users[0]?.properties).toMatchObject({ b: { value: null }, c: { value: null, type: 'real' } })
    expect(users[0]?.properties).not.toHaveProperty('a')
    expect(violations).toEqual([])
  })

  test('a property cannot be deleted: leaving it out leaves it, only a value replaces it', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => {
      const set = (properties: object) => window.FS('setProperties', { type: 'user', properties })
      set({ abandoned: true, plan: 'gold' })
      set({ plan: undefined })
      set({ abandoned: false })
    })
    await org.settled(page)
    expect(org.collector.view().users[0]?.properties).toMatchObject({
      abandoned: { value: false },
      plan: { value: 'gold' },
    })
  })

  test('page properties belong to the page, pageName among them', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => {
      window.FS('setProperties', { type: 'page', properties: { pageName: 'Checkout', step: 1 } })
      window.FS('setProperties', { type: 'page', properties: { step: 2 } })
    })
    await org.settled(page)
    expect(org.collector.view().sessions[0]?.pages[0]?.properties).toEqual({ pageName: 'Checkout', step: 2 })
  })

  test('events may carry objects and lists of them', async () => {
    const { org, page } = await startedPage()
    const properties = {
      cart: { total: 12.5 },
      items: [
        { sku: 'a', price: 1 },
        { sku: 'b', price: 2 },
      ],
    }
    await page.evaluate(value => window.FS('trackEvent', { name: 'ordered', properties: value }), properties)
    await org.settled(page)
    expect(org.collector.view().sessions[0]?.events[0]).toMatchObject({
      properties,
      types: { 'cart.total': 'real', 'items.sku': 'strs', 'items.price': 'reals' },
    })
    expect(org.collector.violations).toEqual([])
  })

  test('the source of a call is recorded with the event', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => window.FS('trackEvent', { name: 'ordered' }, 'retention-bridge'))
    await org.settled(page)
    expect(org.collector.view().sessions[0]?.events[0]?.source).toBe('retention-bridge')
  })
})

describe('limits', () => {
  const rules = (violations: { rule: string }[]) => [...new Set(violations.map(({ rule }) => rule))].sort()

  test('10 user calls a second are allowed, the 11th is a violation and still sent', async () => {
    const { org, page } = await startedPage()
    const setTimes = (times: number) =>
      page.evaluate(count => {
        for (let i = 0; i < count; i += 1) {
          if (i % 2) window.FS('setProperties', { type: 'user', properties: { count: i } })
          else window.FS('setIdentity', { uid: 'ann', properties: { count: i } })
        }
      }, times)
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await setTimes(10)
    await org.settled(page)
    expect(org.collector.violations).toEqual([])
    await setTimes(1)
    await org.settled(page)
    expect(rules(org.collector.violations)).toEqual(['user_rate_second'])
    expect(org.collector.view().users[0]?.properties.count?.value).toBe(0)
  })

  test('30 user calls a minute are allowed, in any minute', async () => {
    const { org, page } = await startedPage()
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    for (let second = 0; second < 30; second += 1) {
      await page.evaluate(() => window.FS('setProperties', { type: 'user', properties: { a: 1 } }))
      await page.clock.runFor(1_900)
    }
    await org.settled(page)
    expect(org.collector.violations).toEqual([])
    await page.evaluate(() => window.FS('setProperties', { type: 'user', properties: { a: 1 } }))
    await org.settled(page)
    expect(rules(org.collector.violations)).toEqual(['user_rate_minute'])
  })

  test('40 events a second and 60 a minute are allowed', async () => {
    const { org, page } = await startedPage()
    const track = (times: number) =>
      page.evaluate(count => {
        for (let i = 0; i < count; i += 1) window.FS('trackEvent', { name: 'click' })
      }, times)
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await track(39)
    await org.settled(page)
    expect(org.collector.violations).toEqual([])
    await track(1)
    await org.settled(page)
    expect(rules(org.collector.violations)).toEqual(['event_rate_second'])
    await page.clock.runFor(2_000)
    await track(20)
    await org.settled(page)
    expect(rules(org.collector.violations)).toEqual(['event_rate_minute', 'event_rate_second'])
  })

  test('V1 identify with properties is two calls', async () => {
    const { org, page } = await startedPage()
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await page.evaluate(() => {
      for (let i = 0; i < 6; i += 1) window.FS.identify('ann', { count_int: i })
    })
    await org.settled(page)
    expect(rules(org.collector.violations)).toEqual(['user_rate_second'])
  })

  test('an identity switch counts once', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => {
      for (let i = 0; i < 9; i += 1) window.FS('setIdentity', { uid: 'ann' })
      window.FS('setIdentity', { uid: 'bob' })
    })
    await page.waitForFunction(() => typeof window.FS('getSession') === 'string')
    await org.settled(page)
    expect(org.collector.violations).toEqual([])
  })

  test('a payload of more than 512 KB is delivered and refused, what follows is not', async () => {
    const { org, page } = await startedPage()
    await page.evaluate(() => {
      const lines = Array.from({ length: 100 }, () => 'x'.repeat(6_000))
      const properties = Object.fromEntries(lines.map((line, index) => [`line_${index}`, line]))
      window.FS('trackEvent', { name: 'large', properties })
      window.FS('trackEvent', { name: 'small' })
    })
    await org.settled(page)
    expect(org.collector.view().sessions[0]?.events[0]?.name).toBe('small')
    expect(rules(org.collector.violations)).toEqual(['payload_too_large'])
  })
})

describe('delivery', () => {
  test('a failing server loses nothing and changes no order', async () => {
    const { org, page } = await startedPage()
    org.faults.fullstoryCollector = 500
    await page.evaluate(() => window.FS('trackEvent', { name: 'one' }))
    await page.evaluate(() => window.FS('trackEvent', { name: 'two' }))
    org.faults.fullstoryCollector = 'ok'
    await org.settled(page)
    expect(
      org.collector
        .view()
        .sessions[0]?.events.map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['one', 'two'])
  })

  test('a slow server delays, and nothing else', async () => {
    const { org, page } = await startedPage()
    org.faults.fullstoryCollector = { delayMs: 50 }
    await page.evaluate(() => window.FS('trackEvent', { name: 'one' }))
    await org.settled(page)
    expect(org.collector.view().sessions[0]?.events[0]?.name).toBe('one')
  })
})
