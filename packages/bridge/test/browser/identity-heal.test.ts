import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, type AnyBridge, CREATE, expectHoldings, expectId, KNOW_ADA, visit } from './identity-stage.ts'
import { names, openPage, openStage, type Stage } from './stage.ts'

/** What others did to FullStory or to this browser's storage is noticed, reported and repaired. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const codes = (bridge: AnyBridge) =>
  bridge.status().warnings.map(({ code, field, count }) => [code, field, count])

describe('something else identifies FullStory', () => {
  test.each(['A', 'E'])('while A is known; the next identify(%s) repairs it', async next => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    await opened.act(KNOW_ADA)
    await opened.act(bridge => bridge.track('before'))
    await opened.settle()
    await opened.page.evaluate(() => window.FS('setIdentity', { uid: 'X' }))
    await expect.poll(() => opened.act(codes)).toEqual([['other-uid', 'fullstory', 1]])
    await opened.act(`bridge => { bridge.identify('${next}'); bridge.track('after') }`)
    await opened.settle()
    await expectId(opened, next)
    const after = { uid: next, events: ['after'] }
    await expectHoldings(store, {
      people:
        next === 'A'
          ? { A: { traits: ADA, events: ['before', 'after'] } }
          : { A: { traits: ADA, events: ['before'] }, E: { events: ['after'] } },
      sessions: [{ uid: 'A', events: ['before'] }, { uid: 'X' }, after],
    })
    expect(await opened.act(codes)).toEqual([['other-uid', 'fullstory', 1]])
    expect(opened.problems).toEqual([])
  })

  test('before the bridge is there', async () => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store, {
      setup: `FS('setIdentity', { uid: 'X' }); ${CREATE}`,
    })
    await expect.poll(() => opened.act(codes)).toEqual([['other-uid', 'fullstory', 1]])
    await opened.act(KNOW_ADA)
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectId(opened, 'A')
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['after'] } },
      sessions: [{ uid: 'X' }, { uid: 'A', events: ['after'] }],
    })
  })

  test('anonymizes it while A is known', async () => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    await opened.act(KNOW_ADA)
    await opened.settle()
    await opened.page.evaluate(() => window.FS('setIdentity', { anonymous: true }))
    await expect.poll(opened.answers).toMatchObject({ fullstory: null })
    await opened.act(KNOW_ADA)
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectId(opened, 'A')
    expect(store.fullstory.view().sessions.map(({ uid, events }) => [uid, names(events)])).toEqual([
      ['A', []],
      ['A', ['after']],
    ])
  })
})

test('Customer.io’s own FullStory destination is reported once', async () => {
  const store = stage.store()
  store.settings.fullstoryDestination = true
  const opened = await visit(await stage.visitor(), store)
  await opened.act(KNOW_ADA)
  await opened.act(bridge => bridge.track('after'))
  await opened.settle()
  await opened.act(bridge => bridge.logout())
  await opened.settle()
  expect(await opened.act(codes)).toEqual([['destination', 'customerio', 1]])
  expect(opened.problems).toEqual([])
})

describe('remembered state never beats what the SDKs answer', () => {
  const known = async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const first = await visit(visitor, store)
    await first.act(KNOW_ADA)
    await first.act(bridge => {
      bridge.setFlags({ vip_tier: 'gold' } as object)
      bridge.track('before')
    })
    await first.settle()
    return { store, visitor, first }
  }

  test('Customer.io’s storage was cleared: the next page is nobody’s, in both', async () => {
    const { store, visitor, first } = await known()
    await first.page.goto(stage.blank)
    await visitor.clearCookies({ name: /^ajs_/ })
    const second = await visit(visitor, store, {
      before: `for (const key of Object.keys(localStorage)) if (/^(ajs_|gist)/.test(key)) localStorage.removeItem(key)`,
    })
    await expectId(second, null)
    await second.act(bridge => bridge.track('after'))
    await second.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] } },
      visitors: [['after']],
      // The page began as what was remembered, said once more, and then heard: within A's own session.
      sessions: [
        { uid: 'A', events: ['before'], flags: { vip_tier: 'gold' }, identifies: 2 },
        { events: ['after'] },
      ],
    })
  })

  test('FullStory’s cookie was cleared: the person is told to it again', async () => {
    const { store, visitor, first } = await known()
    await first.page.goto(stage.blank)
    await visitor.clearCookies({ name: /^fs_/ })
    const second = await visit(visitor, store, { setup: `${CREATE}; bridge.track('after')` })
    await second.settle()
    await expectId(second, 'A')
    const flags = { vip_tier: 'gold' }
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [
        { uid: 'A', events: ['before'], flags },
        { uid: 'A', events: ['after'], flags },
      ],
    })
  })

  test('the bridge’s own memory was cleared: the person goes on, and nothing is sent twice', async () => {
    const { store, visitor, first } = await known()
    await first.page.goto(stage.blank)
    const second = await visit(visitor, store, {
      before: `localStorage.removeItem('retention_bridge')`,
      setup: `${CREATE}; bridge.identify('A', { traits: { email: 'ada@example.com' } }); bridge.track('after')`,
    })
    await second.settle()
    await expectId(second, 'A')
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [{ uid: 'A', events: ['before', 'after'], flags: { vip_tier: 'gold' }, identifies: 2 }],
    })
  })

  test('the bridge’s own memory was cleared, and a page without Customer.io logs out: that holds (NO-LEAK)', async () => {
    const { store, visitor, first } = await known()
    await first.page.goto(stage.blank)
    const second = await openPage(
      visitor,
      store.url({
        customerio: false,
        before: `localStorage.removeItem('retention_bridge')`,
        setup: `${CREATE}; bridge.logout()`,
      }),
    )
    await expect.poll(() => second.page.evaluate(() => localStorage.getItem('retention_bridge'))).toBeTruthy()
    await second.page.close()
    const third = await visit(visitor, store, { setup: `${CREATE}; bridge.track('after')` })
    await third.settle()
    await expectId(third, null)
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['before'] } },
      visitors: [['after']],
      sessions: [
        { uid: 'A', events: ['before'], flags: { vip_tier: 'gold' } },
        { events: expect.arrayContaining(['after']) },
      ],
    })
  })
})
