import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkoutSetup, checkoutStore, held, withStep } from './checkout-stage.ts'
import { eventually, names, namesAs, openPage, openStage, type Stage, settled } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const open = async (setup = checkoutSetup()) => {
  const store = checkoutStore(stage)
  const visitor = await stage.visitor()
  return { store, visitor, ...(await openPage(visitor, store.url({ setup }))) }
}

test('contact, shipping, payment that fails and then is paid: one guest, one session, one order', async () => {
  const { store, page, problems } = await open()
  await page.evaluate(() => {
    window.checkout.contact({ email: ' ada@example.com ', phone: '+14155550100' })
    window.checkout.step('shipping')
    window.checkout.step('payment')
    window.checkout.paymentFailed({ code: 'card_declined', reason: 'Declined', retryable: true })
  })
  await settled(page, store)
  expect(held(store)).toMatchObject({
    flags: [[null, 'open', true]],
    people: [{ id: null, email: 'ada@example.com', identifyCalls: 1 }],
  })
  const events = ['checkout_started', 'checkout_step', 'checkout_step', 'checkout_step', 'payment_failed']
  await page.evaluate(() => {
    window.checkout.completed({ orderId: 1001, total: 129.5, currency: 'USD', items: [{ sku: 'mug' }] })
  })
  await settled(page, store)
  const all = [...events, 'order_completed']
  expect(held(store, all)).toEqual({
    sessions: [[null, all]],
    flags: [[null, 'completed', false]],
    people: [{ id: null, email: 'ada@example.com', identifyCalls: 1, events: all }],
    anonymous: [],
    violations: [],
  })
  const moments = [
    'checkout_started',
    'checkout_step contact',
    'checkout_step shipping',
    'checkout_step payment',
    'payment_failed payment',
    'order_completed',
  ]
  expect(names(store.fullstory.view().sessions[0]?.events.map(withStep))).toEqual(moments)
  const said = (store.customerio.view().people[0]?.events ?? []).map(withStep)
  expect(namesAs(moments, said)).toEqual(moments)
  expect(Object.fromEntries(said.map(({ name, properties }) => [name, properties]))).toMatchObject({
    checkout_started: { total: 129.5, currency: 'USD' },
    'payment_failed payment': { code: 'card_declined', reason: 'Declined', retryable: true },
    order_completed: { order_id: '1001', total: 129.5, currency: 'USD', items: [{ sku: 'mug' }] },
  })
  expect(store.customerio.view().people[0]?.attributes.phone?.value).toBe('+14155550100')
  expect(problems).toEqual([])
})

describe('guest to known', () => {
  test('at contact, in one step, and never twice', async () => {
    const { store, page, problems } = await open()
    const result = await page.evaluate(async () => {
      const contact = { email: 'ada@example.com', customerId: 'cust_7' }
      return [await window.checkout.contact(contact), await window.checkout.contact(contact)]
    })
    expect(result.map(({ outcome }) => outcome)).toEqual(['stitched', 'unchanged'])
    await page.evaluate(() => {
      window.bridge.identify('cust_7', { traits: { email: 'ada@example.com' } })
      window.checkout.completed({ orderId: 'A-1', total: 5, currency: 'EUR', customerId: 'cust_7' })
    })
    await settled(page, store)
    const all = ['checkout_started', 'checkout_step', 'order_completed']
    expect(held(store, all)).toEqual({
      sessions: [['cust_7', all]],
      flags: [['cust_7', 'completed', false]],
      people: [{ id: 'cust_7', email: 'ada@example.com', identifyCalls: 1, events: all }],
      anonymous: [],
      violations: [],
    })
    expect(store.fullstory.view().sessions[0]?.identifyCalls).toBe(1)
    expect(problems).toEqual([])
  })

  test('by the order, after a reload, with the address of the guest', async () => {
    const { store, page, problems } = await open()
    await page.evaluate(() => window.checkout.contact({ email: 'ada@example.com' }))
    await settled(page, store)
    await page.reload()
    await page.waitForFunction(() => window.loaded)
    await page.evaluate(() => {
      const order = { orderId: 'A-2', total: 5, currency: 'EUR', customerId: 'cust_8' }
      window.checkout.completed(order)
      window.checkout.completed(order)
    })
    await settled(page, store)
    const { people, sessions, violations } = held(store)
    expect(people).toMatchObject([{ id: 'cust_8', email: 'ada@example.com', identifyCalls: 2 }])
    expect(people[0]?.events.filter(name => name === 'order_completed')).toHaveLength(1)
    expect(new Set(sessions.map(([uid]) => uid))).toEqual(new Set(['cust_8']))
    expect(violations).toEqual([])
    expect(problems).toEqual([])
  })

  test('an id that is none identifies nobody, and the address reaches nobody', async () => {
    const { store, page } = await open()
    const result = await page.evaluate(() =>
      window.checkout.contact({ email: 'ada@example.com', customerId: 'null' }),
    )
    expect(result.outcome).toBe('refused')
    await settled(page, store)
    const { people, flags, violations } = held(store)
    expect({ people, flags, violations }).toEqual({
      people: [],
      flags: [[null, 'open', false]],
      violations: [],
    })
  })
})

test('another person does not inherit a checkout', async () => {
  const { store, page } = await open()
  await page.evaluate(() => window.checkout.contact({ email: 'ada@example.com', customerId: 'ada' }))
  await settled(page, store)
  await page.evaluate(() => {
    window.bridge.logout()
    window.checkout.started({ total: 1, currency: 'EUR' })
    window.checkout.completed({ orderId: 'E-1', total: 1, currency: 'EUR', customerId: 'eve' })
  })
  await settled(page, store)
  const [adas, eves] = [
    ['checkout_started', 'checkout_step'],
    ['checkout_started', 'order_completed'],
  ]
  const { people, sessions, violations } = held(store, [...adas, ...eves])
  const of = (id: string) => people.find(person => person.id === id)
  expect(of('ada')?.events).toEqual(adas)
  expect(of('eve')).toEqual({ id: 'eve', email: null, identifyCalls: 1, events: eves })
  expect(sessions).toEqual([
    ['ada', adas],
    ['eve', eves],
  ])
  expect(violations).toEqual([])
  // FullStory is between two people when it is told; flags wait for that.
  await eventually(
    () => held(store).flags,
    flags =>
      /ada","open",false/.test(String(JSON.stringify(flags))) &&
      /eve","completed",false/.test(JSON.stringify(flags)),
    'flags',
  )
})

test('double clicks, repeated steps and a repeated failure count once', async () => {
  const { store, page } = await open()
  await page.evaluate(() => {
    for (let click = 0; click < 2; click++) {
      window.checkout.started({ total: 129.5, currency: 'USD' })
      window.checkout.contact({ email: 'ada@example.com' })
    }
    for (let click = 0; click < 2; click++) window.checkout.step('shipping')
    for (let click = 0; click < 2; click++) window.checkout.paymentFailed({ code: 'insufficient_funds' })
    for (let click = 0; click < 2; click++)
      window.checkout.completed({ orderId: 'A-3', total: 1, currency: 'JPY' })
  })
  await settled(page, store)
  const once = ['checkout_started', 'checkout_step', 'checkout_step', 'payment_failed', 'order_completed']
  expect(held(store, once)).toMatchObject({
    sessions: [[null, once]],
    people: [{ events: once, identifyCalls: 1 }],
  })
})

test('a second refusal later is a second failure', async () => {
  const { store, page } = await open()
  await page.evaluate(() => {
    const { now } = Date
    window.checkout.paymentFailed({ code: 'card_declined' })
    Date.now = () => now() + 2000
    window.checkout.paymentFailed({ code: 'card_declined' })
    Date.now = now
  })
  await settled(page, store)
  const all = ['checkout_started', 'payment_failed', 'payment_failed']
  expect(held(store, all)).toMatchObject({ sessions: [[null, all]], anonymous: [all] })
})

test('an express checkout skips steps, and begins with the first moment it has', async () => {
  const { store, page } = await open(checkoutSetup(''))
  await page.evaluate(() => {
    window.checkout.contact({ email: 'ada@example.com', customerId: 'cust_9' })
    window.checkout.completed({ orderId: 'X-1', total: 0, currency: 'USD' })
  })
  await settled(page, store)
  expect(held(store)).toMatchObject({
    sessions: [['cust_9', ['checkout_started', 'checkout_step', 'order_completed']]],
    flags: [['cust_9', 'completed', false]],
    violations: [],
  })
})

test('abandoned cart and failed checkout are two things, and abandoned is nothing without a checkout', async () => {
  const { store, page } = await open(checkoutSetup('checkout.abandoned()'))
  await settled(page, store)
  expect(held(store)).toMatchObject({ sessions: [[null, []]], flags: [[null, undefined, undefined]] })
  await page.evaluate(() => {
    window.checkout.step('payment')
    window.checkout.abandoned()
    window.checkout.abandoned()
  })
  await settled(page, store)
  expect(held(store)).toMatchObject({
    sessions: [[null, ['checkout_started', 'checkout_step', 'checkout_abandoned']]],
    flags: [[null, 'abandoned', false]],
  })
  await page.evaluate(() => window.checkout.paymentFailed({ code: 'expired_card' }))
  await settled(page, store)
  expect(held(store).sessions[0]?.[1]?.slice(3)).toEqual(['checkout_resumed', 'payment_failed'])
  expect(held(store).flags).toEqual([[null, 'open', true]])
})
