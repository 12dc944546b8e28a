import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, CREATE, expectHoldings, expectId, visit } from './identity-stage.ts'
import { names, openStage, type Stage } from './stage.ts'

/** A browser that denies, fills up or damages storage costs repeated calls and nothing else. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const SETUP = `${CREATE}; bridge.identify('A', { traits: { email: 'ada@example.com' } }); bridge.track('viewed')`

/** Only the bridge's key: whether a vendor survives is the vendor's affair. */
const REFUSALS = {
  denied: `for (const method of ['getItem', 'setItem', 'removeItem']) {
    const original = Storage.prototype[method]
    Storage.prototype[method] = function (key, ...more) {
      if (key === 'retention_bridge') throw new DOMException('denied', 'SecurityError')
      return original.call(this, key, ...more)
    }
  }`,
  full: `const original = Storage.prototype.setItem
    Storage.prototype.setItem = function (key, ...more) {
      if (key === 'retention_bridge') throw new DOMException('full', 'QuotaExceededError')
      return original.call(this, key, ...more)
    }`,
}

describe.each(Object.entries(REFUSALS))('storage is %s', (_what, before) => {
  test('both vendors agree on every page, and it is said once', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    for (let load = 1; load <= 3; load++) {
      const opened = await visit(visitor, store, { before, setup: SETUP })
      await opened.settle()
      await expectId(opened, 'A')
      const warnings = await opened.act(bridge => bridge.status().warnings)
      expect(warnings).toMatchObject([{ code: 'storage', field: 'localStorage' }])
      expect(opened.problems).toEqual([])
      await opened.page.close()
    }
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['viewed', 'viewed', 'viewed'] } },
      sessions: [{ uid: 'A', events: ['viewed', 'viewed', 'viewed'], identifies: 3 }],
    })
  })

  test('a logout holds, and the next person is not the last one', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const first = await visit(visitor, store, { before, setup: SETUP })
    await first.settle()
    await first.act(bridge => bridge.logout())
    await first.settle()
    await expectId(first, null)
    await first.page.close()
    const second = await visit(visitor, store, { before, setup: `${CREATE}; bridge.identify('E')` })
    await second.settle()
    await expectId(second, 'E')
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['viewed'] }, E: {} },
      sessions: [{ uid: 'A', events: ['viewed'] }, { uid: 'E' }],
    })
  })
})

test('no storage at all: the property itself throws', async () => {
  const store = stage.store()
  // Customer.io's in-app part does not start in such a browser, and the SDK waits for it.
  store.settings.inApp = false
  const opened = await visit(await stage.visitor(), store, {
    before: `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })`,
    setup: SETUP,
  })
  await opened.settle()
  await expect
    .poll(() => opened.act(bridge => bridge.status().vendors))
    .toMatchObject({ customerio: { id: 'A' }, fullstory: { id: 'A' } })
  expect(names(store.customerio.person('A')?.events)).toEqual(['viewed'])
  expect(store.fullstory.view().sessions.map(({ uid, events }) => [uid, names(events)])).toEqual([
    ['A', ['viewed']],
  ])
  expect([...store.fullstory.violations, ...store.customerio.violations]).toEqual([])
})

describe('what is stored is damaged', () => {
  test.each([
    `''`,
    `'{'`,
    `'null'`,
    `'[]'`,
    `'"A"'`,
    `'{"v":1}'`,
    `'{"v":2,"id":"E","guest":null}'`,
    `'{"v":1,"id":{"a":1},"guest":null,"owed":3,"flags":{}}'`,
    `'{"v":1,"id":"eve@example.com","guest":null,"owed":3,"flags":{}}'`,
    `'{"v":1,"id":"cio_1","guest":null,"owed":3,"flags":{}}'`,
    `'{"v":1,"id":7,"guest":[],"owed":"x","flags":[1]}'`,
    `'{"v":1,"id":null,"guest":{"a":1},"owed":3,"flags":"x"}'`,
    `'{"v":1,"id":null,"guest":null,"owed":0,"flags":{"vip_tier":{"value":"wrong"},"unheard_of":{"value":1}}}'`,
    `'x'.repeat(100000)`,
  ])('%s', async stored => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store, {
      before: `localStorage.setItem('retention_bridge', ${stored})`,
    })
    await opened.act(bridge => bridge.track('browsed'))
    await opened.settle()
    await expectId(opened, null)
    await expectHoldings(store, { visitors: [['browsed']], sessions: [{ events: ['browsed'] }] })
    await opened.act(bridge => bridge.identify('A'))
    await opened.settle()
    await expectId(opened, 'A')
    await expectHoldings(store, {
      people: { A: { events: ['browsed'] } },
      sessions: [{ uid: 'A', events: ['browsed'] }],
    })
    expect(opened.problems).toEqual([])
  })
})
