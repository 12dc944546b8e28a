import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox, type Workspace } from '../../src/index.ts'

let sandbox: Sandbox
let store: Workspace
let stores = 0
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => {
  store = sandbox.workspace(`rules-${stores++}`)
})

/** Posts as the script does. */
const send = async (message: object, expected = 200) => {
  const complete = { userId: null, anonymousId: 'device', name: null, data: {}, messageId: null, ...message }
  const response = await fetch(`${sandbox.origin}/classic/${store.id}/messages`, {
    method: 'POST',
    body: JSON.stringify(complete),
  })
  expect(response.status).toBe(expected)
}
const identify = (userId: string | null, data: object = {}) => send({ type: 'identify', userId, data })
const track = (name: string | null, data: object = {}) => send({ type: 'track', userId: 'ann', name, data })
const rules = () => store.customerio.violations.map(({ rule }) => rule)

describe('the rules for ids are those of the newer SDK', () => {
  test.each([
    ['empty_id', ' '],
    ['id_too_long', 'x'.repeat(151)],
    ['unknown_cio_id', 'cio_ffffffff'],
  ])('%s: nobody is identified', async (rule, id) => {
    await identify(id)
    expect(rules()).toEqual([rule])
    expect(store.customerio.view().people).toEqual([])
  })

  test('an id is needed: the e-mail address alone does not identify', async () => {
    await identify(null, { email: 'ann@shop.example' })
    expect(rules()).toEqual(['empty_id'])
    expect(store.customerio.view().people).toEqual([])
  })

  test('an e-mail address may be the id, and that person gets an id later', async () => {
    await identify('Ann@shop.example')
    expect(store.customerio.view().people).toMatchObject([{ id: null, email: 'ann@shop.example' }])
    await identify('ann', { email: 'ann@shop.example' })
    expect(store.customerio.view().people).toMatchObject([{ id: 'ann', email: 'ann@shop.example' }])
    expect(rules()).toEqual([])
  })

  test('the address of somebody else is not given away', async () => {
    await identify('ann', { email: 'ann@shop.example' })
    await send({ type: 'identify', userId: 'bob', anonymousId: 'other', data: { email: 'ann@shop.example' } })
    expect(rules()).toEqual(['email_taken'])
  })
})

describe('so are those for names and sizes', () => {
  test.each([
    ['event_name_missing', null, {}],
    ['event_name_too_long', 'é'.repeat(51), {}],
    ['event_data_too_large', 'bought', { text: 'x'.repeat(100_000) }],
  ])('%s', async (rule, name, data) => {
    await track(name, data)
    expect(rules()).toEqual([rule])
    expect(store.customerio.person('ann')).toBeUndefined()
  })

  test('attribute_value_too_large', async () => {
    await identify('ann', { bio: 'x'.repeat(1001), tier: 'gold' })
    expect(rules()).toEqual(['attribute_value_too_large'])
    expect(Object.keys(store.customerio.person('ann')?.attributes ?? {})).toEqual(['tier'])
  })

  test('undeclared names', async () => {
    store.customerio.declare(['tier'], ['bought'])
    await identify('ann', { tier: 'gold', email: 'ann@shop.example', vip: true })
    await track('bought')
    await track('browsed')
    expect(rules()).toEqual(['undeclared_attribute', 'undeclared_event'])
  })
})

test.each([
  ['not JSON', 'hello'],
  ['of no type', { data: {} }],
  ['of another type', { type: 'group', data: {} }],
  ['without data', { type: 'track', data: null }],
])('%s: refused', async (_, message) => {
  if (typeof message === 'object') await send(message, 400)
  else {
    const url = `${sandbox.origin}/classic/${store.id}/messages`
    expect((await fetch(url, { method: 'POST', body: message })).status).toBe(400)
  }
  expect(store.customerio.view().calls).toEqual([])
})

test('the collector of a workspace fails when it is told to', async () => {
  store.faults.customerioCollector = 500
  await send({ type: 'track', name: 'bought' }, 500)
  expect(store.customerio.view().calls).toEqual([])
})
