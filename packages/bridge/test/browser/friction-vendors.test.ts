import { afterAll, beforeAll, expect, test } from 'vitest'
import { click, openFrictionStage } from './friction-stage.ts'
import { eventually, settled } from './stage.ts'

let stage: Awaited<ReturnType<typeof openFrictionStage>>
beforeAll(async () => {
  stage = await openFrictionStage()
}, 60_000)
afterAll(() => stage.close())

const BODY = '<button class="pay" data-testid="customer-1042">Pay as ada@example.com</button>'

test('both vendors have the event, and FullStory has the flag', async () => {
  const { page, store, problems } = await stage.open({
    both: true,
    path: '/checkout/payment',
    body: BODY,
    options: "{ flag: 'friction' }",
  })
  await click(page, '.pay', 3)
  await page.waitForFunction(() => window.found[0])
  await settled(page, store)
  const { sessions, violations } = store.fullstory.view()
  const event = sessions.flatMap(({ events }) => events).find(({ name }) => name === 'friction_detected')
  const { anonymous } = store.customerio.view()
  const call = anonymous.flatMap(({ events }) => events).find(({ name }) => name === 'friction_detected')
  const expected = { kind: 'rage_click', step: 'payment', target: 'body > button.pay', count: 3 }
  expect(event?.properties).toMatchObject(expected)
  expect(call?.properties).toEqual(event?.properties)
  // Here belongs, once the core adds it to Customer.io's copy: `fullstory_session_url` is a link to that moment.
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
  await click(page, '.pay', 3)
  const events = () => store.customerio.view().anonymous.flatMap(({ events }) => events)
  const found = await eventually(
    () => events().find(({ name }) => name === 'friction_detected'),
    event => !!event,
    'no event',
  )
  expect(found?.properties).toEqual({ kind: 'rage_click', target: 'body > button.pay', count: 3 })
})
