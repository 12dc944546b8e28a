import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, CREATE, expectHoldings, expectId, visit } from './identity-stage.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const MORE = `{ traits: { email: 'eve@example.com' }, flags: { vip_tier: 'silver' } }`

/** As JavaScript: not every one of them survives the way into a page. */
const ILLEGAL = [
  `''`,
  `'   '`,
  `'0'`,
  '0',
  `'-1'`,
  `'true'`,
  `'FALSE'`,
  `'n/a'`,
  `'NaN'`,
  `'undefined'`,
  `' null '`,
  `'nil'`,
  `'x'.repeat(151)`,
  `'a@b.co'`,
  `' a@b.co '`,
  `'cio_03000001'`,
  `' cio_03000001'`,
  'NaN',
  'Infinity',
  '1.5',
  '2 ** 60',
  '10n',
  'undefined',
  'null',
  'true',
  '{}',
  `{ id: 'A' }`,
  `['A']`,
  `Symbol('A')`,
  '() => "A"',
  `{ toString: () => 'A' }`,
]

describe('an id that a vendor would refuse or reinterpret', () => {
  test.each([
    ['anonymous', null, ''],
    [
      'known',
      'A',
      `bridge.identify('A', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold' } })`,
    ],
  ] as const)(
    'is refused with the reason, and what came with it reaches nobody: %s',
    async (_from, id, known) => {
      const store = stage.store()
      const opened = await visit(await stage.visitor(), store, { setup: `${CREATE}; ${known}` })
      await opened.settle()
      const results = await opened.act(`bridge =>
      Promise.all([${ILLEGAL.map(given => `bridge.identify(${given}, ${MORE})`).join()}])`)
      expect(results).toEqual(ILLEGAL.map(() => ({ outcome: 'refused', id: null, reason: 'id' })))
      await opened.act(bridge => bridge.track('after'))
      await opened.settle()
      await expectId(opened, id)
      await expectHoldings(
        store,
        id
          ? {
              people: { A: { traits: ADA, events: ['after'] } },
              sessions: [{ uid: 'A', events: ['after'], flags: { vip_tier: 'gold' } }],
            }
          : { visitors: [['after']], sessions: [{ events: ['after'] }] },
      )
      const warnings = await opened.act(bridge => bridge.status().warnings)
      expect(warnings).toMatchObject([{ code: 'id', field: 'identify', count: ILLEGAL.length }])
      expect(opened.problems).toEqual([])
    },
  )

  test.each([
    [`' A7 '`, 'A7'],
    ['1042', '1042'],
    [`'x'.repeat(150)`, 'x'.repeat(150)],
    [`'Null-1'`, 'Null-1'],
    [`'CIO_1'`, 'CIO_1'],
    [`'a@b'`, 'a@b'],
  ])('is another than %s, which both vendors hold alike', async (given, id) => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    await opened.act(`bridge => bridge.identify(${given})`)
    await opened.settle()
    await expect.poll(opened.answers).toMatchObject({ customerio: id, fullstory: id, bridge: id, inApp: id })
    await expectHoldings(store, { people: { [id]: {} }, sessions: [{ uid: id }] })
  })
})

describe('guests', () => {
  const open = async (guest: string) => {
    const store = stage.store()
    const setup = `window.bridge = createBridge({ flags: plan, identity: { guest: '${guest}' } })`
    return { ...(await visit(await stage.visitor(), store, { setup })), store }
  }
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

  test('defer: Customer.io has the address at once, FullStory stays unsplit until the id is known', async () => {
    const opened = await open('defer')
    await opened.act(bridge => bridge.track('browsed'))
    await opened.act(bridge => bridge.guest({ email: ' Ada@Example.com' }))
    await opened.settle()
    await expectHoldings(opened.store, {
      people: { 'ada@example.com': { traits: ADA, events: ['browsed'] } },
      sessions: [{ events: ['browsed'], flags: ADA }],
    })
    await opened.act(bridge => bridge.identify('A', { traits: { email: 'ada@example.com' } }))
    await opened.act(bridge => bridge.track('bought'))
    await opened.settle()
    await expectId(opened, 'A')
    await expectHoldings(opened.store, {
      people: { A: { traits: ADA, events: ['browsed', 'bought'], identifies: 2 } },
      sessions: [{ uid: 'A', events: ['browsed', 'bought'], flags: ADA }],
    })
  })

  // The hash takes a moment: until then Customer.io knows the guest by the address.
  test.each([
    ['email', 'ada@example.com', 1],
    ['hash', sha256('ada@example.com'), 2],
  ])('%s: the shared ID is %s', async (mode, id, identifies) => {
    const opened = await open(mode)
    await opened.act(bridge => bridge.track('browsed'))
    const result = await opened.act(bridge => bridge.guest({ email: ' Ada@Example.com ', first_name: 'Ada' }))
    expect(result).toMatchObject({ outcome: 'stitched', id })
    await opened.act(bridge => bridge.guest({ email: 'ada@example.com' }))
    await opened.settle()
    await expect.poll(opened.answers).toMatchObject({ customerio: id, fullstory: id, bridge: id, inApp: id })
    await expectHoldings(opened.store, {
      people: { [id]: { traits: { ...ADA, first_name: 'Ada' }, events: ['browsed'], identifies } },
      sessions: [{ uid: id, events: ['browsed'] }],
    })
    expect(opened.problems).toEqual([])
  })

  test('hash: a test vector', () => {
    expect(sha256('ada@example.com')).toBe('b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72')
  })

  test.each([
    ['email', 1],
    ['hash', 2],
  ])('%s: another guest on the same device is another person', async (mode, identifies) => {
    const opened = await open(mode)
    const [ada, eve] = ['ada@example.com', 'eve@example.com'].map(email =>
      mode === 'hash' ? sha256(email) : email,
    ) as [string, string]
    await opened.act(bridge => bridge.guest({ email: 'ada@example.com' }))
    await opened.act(bridge => {
      bridge.setFlags({ vip_tier: 'gold' } as object)
      bridge.track('before')
    })
    await opened.settle()
    await opened.act(bridge => bridge.guest({ email: 'eve@example.com' }))
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()
    await expectHoldings(opened.store, {
      people: {
        [ada]: { traits: ADA, events: ['before'], identifies },
        [eve]: { traits: { email: 'eve@example.com' }, events: ['after'], identifies },
      },
      sessions: [
        { uid: ada, events: ['before'], flags: { vip_tier: 'gold' } },
        { uid: eve, events: ['after'] },
      ],
    })
  })

  test.each([
    ['email', 'ada@example.com', 1],
    ['hash', sha256('ada@example.com'), 2],
  ])(
    '%s: a guest who logs in to an account of the same id keeps flags and session',
    async (mode, id, identifies) => {
      const opened = await open(mode)
      await opened.act(bridge => bridge.guest({ email: 'ada@example.com' }))
      await opened.act(bridge => {
        bridge.setFlags({ vip_tier: 'gold' } as object)
        bridge.track('before')
      })
      await opened.settle()
      const result = await opened.act(`bridge => bridge.identify('${id}')`)
      expect(result).toMatchObject({ outcome: 'stitched', id, previousId: id })
      expect(await opened.act(bridge => bridge.status())).toMatchObject({
        identity: { state: 'known', id },
        flags: { vip_tier: { value: 'gold' } },
      })
      await opened.act(bridge => bridge.track('after'))
      await opened.settle()
      await expectHoldings(opened.store, {
        people: { [id]: { traits: ADA, events: ['before', 'after'], identifies } },
        sessions: [{ uid: id, events: ['before', 'after'], flags: { vip_tier: 'gold' } }],
      })
    },
  )

  test.each([`''`, `'ada'`, 'undefined', '42', '{}', `'ada@example'`])('%s is no address', async email => {
    const opened = await open('defer')
    const result = await opened.act(`bridge => bridge.guest({ email: ${email}, first_name: 'Ada' })`)
    expect(result).toEqual({ outcome: 'refused', id: null, reason: 'email' })
    await opened.settle()
    await expectHoldings(opened.store, { sessions: [{}] })
    const warnings = await opened.act(bridge => bridge.status().warnings)
    expect(warnings).toMatchObject([{ code: 'email', field: 'guest', count: 1 }])
  })
})
