import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, expectHoldings, expectId, KNOW_ADA, type OpenedPage, visit } from './identity-stage.ts'
import { devtoolsOf, eventually, names, namesAs, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const openTabs = async (prepare?: (first: OpenedPage) => Promise<unknown>) => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const first = await visit(visitor, store)
  await prepare?.(first)
  await first.settle()
  const second = await visit(visitor, store)
  await second.settle()
  return { store, visitor, first, second, tabs: [first, second] as const }
}

/** What FullStory has of each person, sessions put together. */
const fullstoryOf = (store: OpenedPage['store']) => {
  const byPerson: Record<string, string[]> = {}
  for (const { uid, events } of store.fullstory.view().sessions)
    byPerson[String(uid)] = [...(byPerson[String(uid)] ?? []), ...names(events)]
  return byPerson
}

const violations = (store: OpenedPage['store']) => [
  ...store.fullstory.violations,
  ...store.customerio.violations,
]

describe('another tab', () => {
  test('login: both tabs are the person, Customer.io is told once', async () => {
    const { store, first, second, tabs } = await openTabs(tab => tab.act(bridge => bridge.track('browsed')))
    await first.act(KNOW_ADA)
    for (const tab of tabs) await expectId(tab, 'A')
    await second.act(bridge => bridge.track('in_second'))
    for (const tab of tabs) await tab.settle()
    await expectHoldings(store, {
      people: { A: { traits: ADA, events: ['browsed', 'in_second'] } },
      // Two pages of one session, each of which told the uid.
      sessions: [{ uid: 'A', events: ['browsed', 'in_second'], identifies: 2 }],
    })
    for (const tab of tabs) expect(tab.problems).toEqual([])
  })

  test('logout: no tab can write the old id back, and no event reaches the person who left', async () => {
    const { store, visitor, first, second, tabs } = await openTabs(tab => tab.act(KNOW_ADA))
    for (const tab of tabs) await expectId(tab, 'A')
    await first.act(bridge => bridge.logout())
    for (const tab of tabs) await expectId(tab, null)
    for (const [index, tab] of tabs.entries()) {
      await tab.act(`bridge => bridge.track('after_${index}')`)
      await tab.settle()
    }
    const anonymousIds = await Promise.all(
      tabs.map(tab => tab.page.evaluate(() => window.cioanalytics.user().anonymousId())),
    )
    expect(anonymousIds[0]).toBe(anonymousIds[1])
    const third = await visit(visitor, store)
    await third.settle()
    for (const tab of [...tabs, third]) await expectId(tab, null)
    const ada = store.customerio.person('A')
    expect([ada?.identifyCalls, names(ada?.events)]).toEqual([1, []])
    expect(store.customerio.view().anonymous.flatMap(({ events }) => names(events))).toEqual([
      'after_0',
      'after_1',
    ])
    const { A, null: nobody } = fullstoryOf(store)
    expect(A).toEqual([])
    expect([...(nobody ?? [])].sort()).toEqual(['after_0', 'after_1'])
    expect(violations(store)).toEqual([])
    expect(second.problems).toEqual([])
  })

  test('logout, and in the same moment the other tab acts', async () => {
    const { store, first, second, tabs } = await openTabs(tab => tab.act(KNOW_ADA))
    await expectId(second, 'A')
    await Promise.all([
      first.act(bridge => bridge.logout()),
      second.act(bridge => {
        for (let count = 0; count < 10; count++) {
          bridge.track('meanwhile')
          bridge.status()
        }
      }),
    ])
    for (const tab of tabs) await expectId(tab, null)
    await second.act(bridge => bridge.track('after'))
    for (const tab of tabs) await tab.settle()
    const { people, anonymous } = store.customerio.view()
    expect(people.flatMap(({ events }) => names(events))).not.toContain('after')
    expect(anonymous.flatMap(({ events }) => names(events))).toContain('after')
    expect(fullstoryOf(store).A).not.toContain('after')
    expect(fullstoryOf(store).null).toContain('after')
    expect(violations(store)).toEqual([])
  })

  test('switch: what each tab does from then on is the new person’s', async () => {
    const { store, first, second, tabs } = await openTabs(async tab => {
      await tab.act(KNOW_ADA)
      await tab.act(bridge => {
        bridge.setFlags({ vip_tier: 'gold' } as object)
        bridge.track('before')
      })
    })
    await first.act(bridge => bridge.identify('E', { flags: { purchase_count: 1 } as object }))
    for (const tab of tabs) await expectId(tab, 'E')
    await second.act(bridge => bridge.track('in_second'))
    await first.act(bridge => bridge.track('in_first'))
    for (const tab of tabs) await tab.settle()
    const { people, anonymous } = store.customerio.view()
    const said = ['before', 'in_second', 'in_first']
    expect(people.map(({ id, events, identifyCalls }) => [id, namesAs(said, events), identifyCalls])).toEqual(
      [
        ['A', ['before'], 1],
        ['E', ['in_second', 'in_first'], 1],
      ],
    )
    expect(anonymous).toEqual([])
    const { A, E, null: nobody } = fullstoryOf(store)
    expect({ A, E: [...(E ?? [])].sort(), nobody }).toEqual({
      A: ['before'],
      E: ['in_first', 'in_second'],
      nobody: undefined,
    })
    const flags = store.fullstory.view().users.filter(({ uid }) => uid)
    expect(flags.map(({ uid, properties }) => [uid, Object.keys(properties)])).toEqual([
      ['A', ['vip_tier']],
      ['E', ['purchase_count']],
    ])
    expect(violations(store)).toEqual([])
  })

  test('guest: the other tab goes on as the same guest', async () => {
    const { store, first, second, tabs } = await openTabs()
    await first.act(bridge => bridge.guest({ email: 'ada@example.com' }))
    await eventually(
      () => second.act(bridge => bridge.status().identity.state),
      state => state === 'guest',
      'the guest is known in the other tab',
    )
    await second.act(bridge => bridge.identify('A', { traits: { email: 'ada@example.com' } }))
    for (const tab of tabs) await expectId(tab, 'A')
    for (const tab of tabs) await tab.settle()
    expect(store.customerio.view().people).toMatchObject([{ id: 'A', email: 'ada@example.com' }])
    expect(new Set(store.fullstory.view().sessions.map(({ id }) => id)).size).toBe(1)
    expect(violations(store)).toEqual([])
  })

  test('logout and login as somebody else while the other tab was asleep', async () => {
    const { store, first, second, tabs } = await openTabs(tab => tab.act(KNOW_ADA))
    const devtools = await devtoolsOf(second.page)
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await first.act(bridge => bridge.logout())
    await first.settle()
    await first.act(bridge => bridge.identify('E'))
    await first.settle()
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await second.act(bridge => bridge.track('awake'))
    for (const tab of tabs) await expectId(tab, 'E')
    for (const tab of tabs) await tab.settle()
    expect(names(store.customerio.person('A')?.events)).toEqual([])
    expect(names(store.customerio.person('E')?.events)).toEqual(['awake'])
    expect(fullstoryOf(store)).toMatchObject({ A: [], E: ['awake'] })
    expect(violations(store)).toEqual([])
  })

  test.each([
    ['acts as a customer', 'bridge.impersonate(true)'],
    ['has no consent', `bridge.setConsent('denied')`],
  ])('login, while the other tab %s: it says nothing', async (_what, silence) => {
    const { store, first, second } = await openTabs()
    await second.act(`bridge => { ${silence} }`)
    await first.act(KNOW_ADA)
    await expectId(first, 'A')
    await second.act(bridge => bridge.track('silent'))
    await second.settle()
    await first.settle()
    expect((await second.answers()).bridge).toBeNull()
    await expectHoldings(store, {
      people: { A: { traits: ADA } },
      sessions: [{ uid: 'A' }],
    })
  })
})

describe('Customer.io’s write-back across tabs', () => {
  test('the bare SDK: the next page is the person who left', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const bare = async () => {
      const page = await visitor.newPage()
      await page.goto(store.url())
      await page.waitForFunction(() => 'initialized' in window.cioanalytics)
      return { page, id: () => page.evaluate(() => window.cioanalytics.user().id() ?? null) }
    }
    const first = await bare()
    await first.page.evaluate(() => window.cioanalytics.identify('A'))
    const second = await bare()
    await first.page.evaluate(() => window.cioanalytics.reset())
    expect(await first.id()).toBeNull()
    // It answers from its memory, and writes that into the storage of all.
    expect(await second.id()).toBe('A')
    expect(await (await bare()).id()).toBe('A')
  })

  test('with the bridge: nobody is, whoever asks first', async () => {
    const { store, visitor, first, second } = await openTabs(tab => tab.act(KNOW_ADA))
    await first.act(bridge => bridge.logout())
    // The page's own code asks the SDK, as in the test above.
    const asked = () => second.page.evaluate(() => window.cioanalytics.user().id() ?? null)
    await eventually(asked, id => id === null, 'the other tab has let go')
    const third = await visit(visitor, store)
    for (const tab of [first, second, third]) await expectId(tab, null)
    expect(store.customerio.person('A')?.identifyCalls).toBe(1)
  })
})
