import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, names, openPage, openStage, type Stage, settled } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('FullStory’s documented limits are kept, and the latest value of each flag arrives (BUDGET)', async () => {
  const store = stage.store()
  const { page, problems } = await openPage(
    await stage.visitor(),
    store.url({ setup: 'window.bridge = createBridge({ flags: plan })' }),
  )
  // Known to have arrived first: what is said before is held, and no more than 200 of it.
  await page.evaluate(() => window.bridge.identify('cust_1'))
  await settled(page, store)
  await page.evaluate(async () => {
    const { bridge } = window
    // Fewer rounds than a minute has calls for flags: however slow the machine, the last one need not wait that long.
    for (let round = 1; round <= 20; round++) {
      // Each round is a task of its own, so that nothing but the budget makes one call of them.
      await new Promise<void>(resolve => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve()
        port2.postMessage(null)
      })
      for (let call = 0; call < 20; call++) {
        bridge.setFlags({ purchase_count: round * 20 + call, aov: round + call / 20 } as object)
        bridge.track(`event_${round}_${call}`)
      }
    }
  })
  await eventually(
    () => store.fullstory.view().users[0]?.properties.purchase_count?.value,
    value => value === 419,
    'the latest value is there',
  )
  const { sessions, users, violations } = store.fullstory.view()
  expect(users[0]?.properties.aov?.value).toBe(20.95)
  expect(sessions).toMatchObject([{ uid: 'cust_1' }])
  // The first minute's share of 400 events, in order; the others wait for their turn, as far as there is room.
  const sent = names(sessions[0]?.events)
  expect(sent.length).toBeLessThanOrEqual(60)
  expect(sent.slice(0, 3)).toEqual(['event_1_0', 'event_1_1', 'event_1_2'])
  const status = await page.evaluate(() => window.bridge.status())
  expect(status.vendors.fullstory.held + status.vendors.fullstory.dropped).toBeGreaterThan(300)
  expect(violations).toEqual([])
  // Customer.io documents no limit for its client, and has everything at once.
  await eventually(
    () => names(store.customerio.person('cust_1')?.events).length,
    count => count === 400,
    'all events at Customer.io',
  )
  expect(problems).toEqual([])
})

test('an event that waits for its turn is never recorded for the next person (NO-LEAK)', async () => {
  const store = stage.store()
  const { page, problems } = await openPage(
    await stage.visitor(),
    store.url({ setup: 'window.bridge = createBridge({ flags: plan })' }),
  )
  await settled(page, store)
  await page.evaluate(() => {
    const { bridge } = window
    bridge.identify('A', { flags: { vip_tier: 'gold' } as object })
    for (let index = 0; index < 150; index++) bridge.track(`of_A_${index}`)
    bridge.logout()
    bridge.identify('B')
    bridge.track('of_B')
  })
  const sessions = await eventually(
    () => store.fullstory.view().sessions,
    found => found.some(session => session.uid === 'B'),
    'B has a session, without waiting for what A left behind',
  )
  for (const { uid, events } of sessions)
    for (const name of names(events)) if (uid) expect(name).toMatch(new RegExp(`^of_${uid}`))
  expect(
    sessions.find(session => session.uid === 'B')?.events.some(({ name }) => name.startsWith('of_A')),
  ).toBe(false)
  const status = await page.evaluate(() => window.bridge.status())
  expect(status.vendors.fullstory.dropped).toBeGreaterThan(50)
  expect(store.fullstory.sessionsWhere('vip_tier', 'gold').map(session => session.uid)).toEqual(['A'])
  expect(store.fullstory.view().violations).toEqual([])
  expect(problems).toEqual([])
})
