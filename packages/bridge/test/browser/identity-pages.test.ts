import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ADA,
  type AnyBridge,
  answers,
  CREATE,
  expectHoldings,
  expectId,
  settle,
  visit,
  visitAt,
} from './identity-stage.ts'
import { names, openPage, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const KNOWN = `${CREATE}; bridge.identify('A', { traits: { email: 'ada@example.com' } })`

describe('pages of a known person', () => {
  test('30 loads: one identify at Customer.io, one setIdentity a page at FullStory', {
    timeout: 180_000,
  }, async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const url = store.url({
      setup: `${CREATE}; bridge.setFlags({ vip_tier: 'gold' }); bridge.track('viewed')
        bridge.identify('A', { traits: { email: 'ada@example.com', address: { city: 'Ulm', zip: '89073' } } })`,
    })
    const { page, problems } = await visitAt(visitor, store, url)
    await settle(page, store)
    for (let load = 2; load <= 30; load++) {
      await page.reload({ waitUntil: 'commit' })
      await page.waitForFunction(() => window.loaded)
      await settle(page, store)
    }
    await expectId({ answers: () => answers(page) }, 'A')
    const calls = store.customerio.view().calls.filter(({ type }) => type === 'identify')
    expect(calls).toHaveLength(1)
    const { sessions, users, violations } = store.fullstory.view()
    expect(sessions.map(({ uid, pages, identifyCalls }) => [uid, pages.length, identifyCalls])).toEqual([
      ['A', 30, 30],
    ])
    expect(names(sessions[0]?.events)).toEqual(Array(30).fill('viewed'))
    expect(names(store.customerio.person('A')?.events)).toEqual(Array(30).fill('viewed'))
    expect(users.filter(({ uid }) => uid)).toMatchObject([{ uid: 'A' }])
    expect([...violations, ...store.customerio.violations]).toEqual([])
    expect(problems).toEqual([])
  })

  test.each([
    ['the same in another order', `{ tags: ['a', 'b'], address: { zip: 1, city: { name: 'Ulm' } } }`, 1],
    ['fewer of them', `{ tags: ['a', 'b'] }`, 1],
    ['none', '{}', 1],
    ['a value changed deep inside', `{ address: { city: { name: 'Bonn' }, zip: 1 }, tags: ['a', 'b'] }`, 2],
    ['a list in another order', `{ address: { city: { name: 'Ulm' }, zip: 1 }, tags: ['b', 'a'] }`, 2],
    ['another type', `{ address: { city: { name: 'Ulm' }, zip: '1' }, tags: ['a', 'b'] }`, 2],
    ['one more', `{ tags: ['a', 'b'], age: 36 }`, 2],
  ])('traits on the next page, %s', async (_what, traits, identifies) => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const setup = (given: string) => `${CREATE}; bridge.identify('A', { traits: ${given} })`
    const first = await visit(visitor, store, {
      setup: setup(`{ address: { city: { name: 'Ulm' }, zip: 1 }, tags: ['a', 'b'] }`),
    })
    // Still on its way, it would rightly be said again.
    await first.settle()
    await first.page.close()
    const second = await visit(visitor, store, { setup: setup(traits) })
    await second.settle()
    await expectId(second, 'A')
    expect(store.customerio.view().calls.filter(({ type }) => type === 'identify')).toHaveLength(identifies)
    expect(store.customerio.person('A')?.identifyCalls).toBe(identifies)
  })
})

describe('the page is left before the vendors could be told', () => {
  /** A page whose vendors hang, then one on which they answer. */
  const interrupted = async (known: boolean, act: string, next = CREATE) => {
    const store = stage.store()
    const visitor = await stage.visitor()
    if (known) {
      const home = await visit(visitor, store, {
        setup: `${KNOWN}; bridge.setFlags({ vip_tier: 'gold' }); bridge.track('before')`,
      })
      await home.settle()
      await home.page.close()
    }
    Object.assign(store.faults, { customerioScript: 'hang', fullstoryScript: 'hang' })
    const { page } = await openPage(visitor, store.url({ setup: `${CREATE}; ${act}` }))
    await page.close()
    Object.assign(store.faults, { customerioScript: 'ok', fullstoryScript: 'ok' })
    const opened = await visit(visitor, store, { setup: `${next}; bridge.track('after')` })
    await opened.settle()
    return { ...opened, store }
  }
  // On the next page FullStory is told of the last person that it was told of before, and then of the change.
  const HOME = { uid: 'A', events: ['before'], flags: { vip_tier: 'gold' }, identifies: 2 }

  test('login', async () => {
    const opened = await interrupted(false, `bridge.track('lost'); bridge.identify('A')`)
    await expectId(opened, 'A')
    await expectHoldings(opened.store, {
      people: { A: { events: ['after'] } },
      sessions: [{ uid: 'A', events: ['after'] }],
    })
  })

  test('logout', async () => {
    const opened = await interrupted(true, `bridge.track('lost'); bridge.logout(); bridge.track('lost')`)
    await expectId(opened, null)
    await expectHoldings(opened.store, {
      people: { A: { traits: ADA, events: ['before'] } },
      visitors: [['after']],
      sessions: [HOME, { events: ['after'] }],
    })
  })

  test('switch', async () => {
    const opened = await interrupted(
      true,
      `bridge.identify('E', { flags: { purchase_count: 1 } }); bridge.track('lost')`,
    )
    await expectId(opened, 'E')
    await expectHoldings(opened.store, {
      people: { A: { traits: ADA, events: ['before'] }, E: { events: ['after'] } },
      sessions: [HOME, { uid: 'E', events: ['after'], flags: { purchase_count: 1 } }],
    })
  })

  test('logout, then a login on the next page', async () => {
    const opened = await interrupted(true, 'bridge.logout()', `${CREATE}; bridge.identify('E')`)
    await expectId(opened, 'E')
    await expectHoldings(opened.store, {
      people: { A: { traits: ADA, events: ['before'] }, E: { events: ['after'] } },
      sessions: [HOME, { uid: 'E', events: ['after'] }],
    })
  })

  test('login, and one vendor comes pages later', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    store.faults.fullstoryScript = 'hang'
    const first = await openPage(
      visitor,
      store.url({ setup: `${CREATE}; bridge.identify('A', { flags: { vip_tier: 'gold' } })` }),
    )
    await expect.poll(() => store.customerio.person('A')?.identifyCalls).toBe(1)
    // As long as the page has no answer, it owes it to the next one.
    await first.page.waitForFunction(() => window.bridge.status().vendors.customerio.held === 0)
    await first.page.close()
    store.faults.fullstoryScript = 'ok'
    const second = await visit(visitor, store)
    await second.settle()
    await expectId(second, 'A')
    await expectHoldings(store, {
      people: { A: {} },
      sessions: [{ uid: 'A', flags: { vip_tier: 'gold' } }],
    })
  })

  test('login, and the request was lost with the page', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    store.faults.customerioCollector = 'hang'
    const setup = `${CREATE}; bridge.identify('A', { traits: { email: 'ada@example.com' } })`
    const first = await openPage(visitor, store.url({ setup }))
    await first.page.waitForFunction(() => window.bridge.status().vendors.customerio.id === 'A')
    await first.page.close()
    store.faults.customerioCollector = 'ok'
    const second = await visit(visitor, store, { setup })
    await expectId(second, 'A')
    await expect.poll(() => store.customerio.person('A')).toMatchObject({ email: ADA.email })
    await second.settle()
    // The SDK may have kept the request as well, and repeats it by itself.
    expect([1, 2]).toContain(store.customerio.person('A')?.identifyCalls)
  })

  test('guest: Customer.io has the address after the next page', async () => {
    const opened = await interrupted(false, `bridge.guest({ email: 'ada@example.com', first_name: 'Ada' })`)
    // Only the address is remembered: other traits of a guest are said by the page that has them.
    const person = { traits: ADA, events: ['after'] }
    await expectHoldings(opened.store, {
      people: { 'ada@example.com': person },
      sessions: [{ events: ['after'], flags: ADA }],
    })
  })
})

test('a second bridge on the page, by script tag and by import, is the first', async () => {
  const store = stage.store()
  const opened = await visit(await stage.visitor(), store, {
    scripts: ['/dist/retention-bridge.iife.js'],
    setup: `
      window.bridge = window.RetentionBridge.createBridge({ flags: plan })
      window.same = createBridge({ flags: plan, identity: { guest: 'email' } }) === bridge
      bridge.identify('A'); createBridge({ flags: plan }).identify('A'); createBridge({ flags: plan }).track('once')`,
  })
  await opened.settle()
  expect(await opened.page.evaluate(() => (window as unknown as { same: boolean }).same)).toBe(true)
  await expectId(opened, 'A')
  await expectHoldings(store, {
    people: { A: { events: ['once'] } },
    sessions: [{ uid: 'A', events: ['once'] }],
  })
  const codes = await opened.act((bridge: AnyBridge) => bridge.status().warnings)
  expect(codes).toEqual([])
})
