import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFrictionStage, rage } from './friction-stage.ts'
import { eventually, settled } from './stage.ts'

let stage: Awaited<ReturnType<typeof openFrictionStage>>
beforeAll(async () => {
  stage = await openFrictionStage()
})
afterAll(() => stage.close())

const BODY = '<button class="pay" data-testid="customer-1042">Pay as ada@example.com</button>'

test('both vendors have the event, and FullStory has the flag', async () => {
  const { page, store, problems } = await stage.open({
    both: true,
    path: '/checkout/payment',
    body: BODY,
    options: "{ flag: 'friction' }",
  })
  await rage(page, BODY, () => page.evaluate(() => window.found[0]))
  await settled(page, store)
  const { sessions, violations } = store.fullstory.view()
  const event = sessions.flatMap(({ events }) => events).find(({ name }) => name === 'friction_detected')
  const { anonymous } = store.customerio.view()
  const call = anonymous.flatMap(({ events }) => events).find(({ name }) => name === 'friction_detected')
  const expected = { kind: 'rage_click', step: 'payment', target: 'body > button.pay', count: 3 }
  expect(event?.properties).toMatchObject(expected)
  // The link leads to this session.
  const { fullstory_session_url: url, ...told } = call?.properties ?? {}
  expect(told).toEqual(event?.properties)
  expect(decodeURIComponent(String(url))).toContain(`/${sessions[0]?.id}:`)
  expect(await page.evaluate(() => window.bridge.status().flags)).toMatchObject({
    friction: { value: 'rage_click', source: 'friction', sent: true },
  })
  expect([violations, problems]).toEqual([[], []])
  expect(JSON.stringify([event, call])).not.toMatch(/ada@example|1042/)
})

test('without FullStory the event does not wait', async () => {
  const visitor = await stage.visitor()
  await visitor.route('**/fs.js*', route => route.abort())
  const { page, store } = await stage.open({ visitor, both: true, body: BODY })
  const found = () =>
    store.customerio
      .view()
      .anonymous.flatMap(({ events }) => events)
      .find(({ name }) => name === 'friction_detected')
  await rage(page, BODY, found)
  expect(found()?.properties).toEqual({ kind: 'rage_click', target: 'body > button.pay', count: 3 })
})

test('a payment that fails again is told once, by its second failure, with the link', async () => {
  const { page, store } = await stage.open({ both: true, path: '/checkout/payment', body: BODY })
  await page.waitForFunction(() =>
    Object.values(window.bridge.status().vendors).every(({ state }) => state === 'ready'),
  )
  const fail = () => page.evaluate(() => window.bridge.track('payment_failed', { code: 'card_declined' }))
  const events = () => store.customerio.view().anonymous.flatMap(({ events }) => events)
  const names = () => events().map(({ name }) => name)
  await fail()
  await settled(page, store)
  expect(names()).not.toContain('friction_detected')
  await fail()
  await settled(page, store)
  await eventually(names, all => all.includes('friction_detected'), 'no friction')
  const found = events().filter(({ name }) => name === 'friction_detected')
  expect(found.map(({ properties }) => properties)).toEqual([
    {
      kind: 'payment_failed_again',
      step: 'payment',
      target: 'card_declined',
      count: 2,
      fullstory_session_url: expect.stringContaining('/session/'),
    },
  ])
})
