import type { BrowserContext } from 'playwright-core'
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
} from './identity-stage.ts'
import { openPage, openStage, type Stage } from './stage.ts'

/** Impersonation and consent: the states in which nothing may be said. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const KEY = 'retention_bridge'

/** One of everything that would reach a vendor, about somebody else. */
const SAY_ALL = (bridge: AnyBridge) => {
  bridge.track('silent')
  bridge.setFlags({ vip_tier: 'silver' } as object)
  const results = [
    bridge.identify('E', { traits: { email: 'eve@example.com' }, flags: { vip_tier: 'silver' } as object }),
    bridge.guest({ email: 'eve@example.com' }),
  ]
  return Promise.all(results)
}

/** A page on which the vendors are ready and the bridge is not. */
const openQuiet = async (setup: string, store = stage.store(), visitor?: BrowserContext) => {
  const opened = await openPage(visitor ?? (await stage.visitor()), store.url({ setup }))
  await opened.page.waitForFunction(
    () => 'initialized' in window.cioanalytics && window.FS('getSession', { format: 'id' }),
  )
  return { ...opened, store, settle: () => settle(opened.page, store) }
}

const KNOW_ADA = (bridge: AnyBridge) => {
  const result = bridge.identify('A', { traits: { email: 'ada@example.com' } })
  bridge.setFlags({ vip_tier: 'gold' } as object)
  bridge.track('before')
  return result
}

describe('a support agent', () => {
  test('acting from the first moment leaves no trace, and the vendors are not looked for', async () => {
    const { page, store, settle } = await openQuiet(
      `${CREATE}; bridge.impersonate(true); (${SAY_ALL})(bridge); bridge.logout()`,
    )
    await settle()
    const { vendors } = await page.evaluate(() => window.bridge.status())
    expect(vendors).toMatchObject({ customerio: { state: 'off' }, fullstory: { state: 'off' } })
    expect(await page.evaluate(key => localStorage.getItem(key), KEY)).toBeNull()
    await expectHoldings(store, { sessions: [{}] })
  })

  test.each(['anonymous', 'known'] as const)('begins to act while the visitor is %s', async from => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    if (from === 'known') await opened.act(KNOW_ADA)
    else await opened.act(bridge => bridge.track('before'))
    await opened.settle()

    const results = await opened.act(
      `bridge => { bridge.impersonate(true); bridge.logout(); return (${SAY_ALL})(bridge) }`,
    )
    expect(results).toMatchObject([
      { outcome: 'refused', id: null },
      { outcome: 'refused', id: null },
    ])
    await opened.settle()
    expect(await opened.act(bridge => bridge.status().identity)).toEqual({ state: 'impersonated', id: null })
    const id = from === 'known' ? 'A' : null
    expect(await opened.answers()).toMatchObject({ customerio: id, fullstory: id })
    const known = {
      people: { A: { traits: ADA, events: ['before'] } },
      sessions: [{ uid: 'A', events: ['before'], flags: { vip_tier: 'gold' } }],
    }
    const unknown = { visitors: [['before']], sessions: [{ events: ['before'] }] }
    await expectHoldings(store, id ? known : unknown)

    await opened.act(bridge => bridge.impersonate(false))
    await expectId(opened, id)
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    const events = ['before', 'after']
    await expect
      .poll(() => store.fullstory.view().sessions.map(({ uid, events }) => [uid, events.map(e => e.name)]))
      .toMatchObject([[id, expect.arrayContaining(events)]])
    expect(store.fullstory.view().sessions[0]?.events.map(event => event.name)).not.toContain('silent')
    expect(store.customerio.view().calls.map(call => call.name)).not.toContain('silent')
    expect(store.customerio.person('E')).toBeUndefined()
    expect(opened.problems).toEqual([])
  })

  test('on a page of their own, what the browser remembers of its owner is left alone', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const owner = await visit(visitor, store)
    await owner.act(KNOW_ADA)
    await owner.settle()
    const remembered = await owner.page.evaluate(key => localStorage.getItem(key), KEY)
    await owner.page.close()

    const agent = await visit(visitor, store, {
      setup: `${CREATE}; bridge.impersonate(true); bridge.identify('E'); bridge.impersonate(false)`,
    })
    await agent.settle()
    await expectId(agent, 'A')
    expect(JSON.parse(remembered ?? '{}').log.at(-1)).toMatchObject({ id: 'A', guest: null })
    expect(store.customerio.person('E')).toBeUndefined()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] } },
      sessions: [{ uid: 'A', events: ['before'], flags: { vip_tier: 'gold' }, identifies: 2 }],
    })
  })

  test('does not carry over what others tell Customer.io', async () => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    await opened.act(bridge => bridge.impersonate(true))
    await opened.page.evaluate(() => window.cioanalytics.identify('E'))
    await opened.settle()
    await expectHoldings(store, { people: { E: {} }, sessions: [{}] })
    expect(await opened.answers()).toMatchObject({ fullstory: null, bridge: null })
  })
})

describe('consent', () => {
  const PENDING = `window.bridge = createBridge({ flags: plan, consent: 'pending' })`
  test('pending: nothing is said or stored; granted: all of it, in order', async () => {
    const { page, store, settle, problems } = await openQuiet(`${PENDING}; bridge.track('one');
      bridge.identify('A', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold' } })
      bridge.track('two')`)
    await settle()
    await expectHoldings(store, { sessions: [{}] })
    expect(await page.evaluate(key => localStorage.getItem(key), KEY)).toBeNull()
    expect(await answers(page)).toMatchObject({ customerio: null, fullstory: null })

    await page.evaluate(() => window.bridge.setConsent('granted'))
    await settle()
    await expectId({ answers: () => answers(page) }, 'A')
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['one', 'two'] } },
      sessions: [{ uid: 'A', events: ['one', 'two'], flags: { vip_tier: 'gold' } }],
    })
    expect(problems).toEqual([])
  })

  test('pending, then denied, then granted: nothing is replayed', async () => {
    const { page, store, settle } = await openQuiet(`${PENDING}; bridge.track('one');
      bridge.identify('A', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold' } })`)
    const results = await page.evaluate(`(bridge => {
      bridge.setConsent('denied')
      return (${SAY_ALL})(bridge)
    })(window.bridge)`)
    expect(results).toMatchObject([
      { outcome: 'refused', reason: 'consent' },
      { outcome: 'refused', reason: expect.any(String) },
    ])
    await settle()
    await page.evaluate(() => window.bridge.setConsent('granted'))
    await page.evaluate(() => window.bridge.track('after'))
    await settle()
    await expectId({ answers: () => answers(page) }, null)
    await expectHoldings(store, { visitors: [['after']], sessions: [{ events: ['after'] }] })
  })

  test('known, then denied: calls stop in the same task; granted: the same person goes on', async () => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    await opened.act(KNOW_ADA)
    await opened.settle()
    await opened.act(
      `bridge => { bridge.track('unsent'); bridge.setConsent('denied'); return (${SAY_ALL})(bridge) }`,
    )
    await opened.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] } },
      sessions: [{ uid: 'A', events: ['before'], flags: { vip_tier: 'gold' } }],
    })
    await opened.act(bridge => bridge.setConsent('granted'))
    await expectId(opened, 'A')
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [
        {
          uid: 'A',
          events: ['before', 'after'],
          flags: { vip_tier: 'gold' },
          identifies: expect.any(Number),
        },
      ],
    })
    expect(opened.problems).toEqual([])
  })

  test.each(['denied', 'pending'] as const)(
    'known, and a logout while it is %s: nobody goes on when it is granted (NO-LEAK)',
    async consent => {
      const store = stage.store()
      const visitor = await stage.visitor()
      const first = await visit(visitor, store)
      await first.act(KNOW_ADA)
      await first.settle()
      await first.page.close()

      const setup = `window.bridge = createBridge({ flags: plan, consent: '${consent}' }); bridge.logout()`
      const next = await openQuiet(setup, store, visitor)
      await next.page.evaluate(() => {
        window.bridge.setConsent('granted')
        window.bridge.track('after')
      })
      await next.settle()
      await expectId({ answers: () => answers(next.page) }, null)
      await expectHoldings(store, {
        people: { A: { traits: ADA, events: ['before'] } },
        visitors: [['after']],
        sessions: [
          { uid: 'A', events: ['before'], flags: { vip_tier: 'gold' }, identifies: expect.any(Number) },
          { events: ['after'] },
        ],
      })
      expect(next.problems).toEqual([])
    },
  )

  test('known, denied, and somebody else when it is granted', async () => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    await opened.act(KNOW_ADA)
    await opened.settle()
    await opened.act(bridge => {
      bridge.setConsent('denied')
      bridge.setConsent('granted')
      bridge.identify('E', { flags: { purchase_count: 1 } as object })
      bridge.track('after')
    })
    await opened.settle()
    await expectId(opened, 'E')
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] }, E: { events: ['after'] } },
      sessions: [
        { uid: 'A', events: ['before'], flags: { vip_tier: 'gold' } },
        { uid: 'E', events: ['after'], flags: { purchase_count: 1 } },
      ],
    })
  })
})
