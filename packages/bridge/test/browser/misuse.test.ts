import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, names, openPage, openStage, type PageChoice, type Stage, settled } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Build = NonNullable<PageChoice['build']>

const open = async (build: Build, setup: string) => {
  const store = stage.store()
  const { page, ...heard } = await openPage(await stage.visitor(), store.url({ build, setup }))
  const texts: string[] = []
  page.on('console', message => texts.push(message.text()))
  return { store, page, texts, ...heard, status: () => page.evaluate(() => window.bridge.status()) }
}

/** What anybody would do next; it has to work whatever was wrong before. */
const GO_ON = `
  bridge.identify('cust_1', { flags: { vip_tier: 'gold' } })
  bridge.track('checkout_started')
`

interface Mistake {
  what: string
  setup: string
  code: string
  field: string
  /** Said on the console. */
  got: string
  valid: string
  /** Nothing wrong can be sent for it, so that only the development build looks for it. */
  developmentOnly?: true
}

const MISTAKES: Mistake[] = [
  {
    what: 'a type that is none',
    setup: "window.bridge = createBridge({ flags: { ...plan, wish_list: { type: 'boolean' } } })",
    code: 'flag-type',
    field: 'flags.wish_list',
    got: 'boolean',
    valid: "{ type: 'bool' }",
  },
  {
    what: '40 flags',
    setup: `const more = Array.from({ length: 34 }, (_, index) => ['flag_' + index, { type: 'bool' }])
      window.bridge = createBridge({ flags: { ...plan, ...Object.fromEntries(more) } })`,
    code: 'flag-limit',
    field: 'flags',
    got: 'flag_9',
    valid: 'maxFlags',
  },
  {
    what: 'a flag named uid, which would be an identify call',
    setup: "window.bridge = createBridge({ flags: { ...plan, uid: { type: 'str' } } })",
    code: 'flag-name',
    field: 'flags.uid',
    got: 'uid',
    valid: 'cart_flow_variant',
  },
  {
    what: 'a flag with a space in its name',
    setup: "window.bridge = createBridge({ flags: { ...plan, 'vip level': { type: 'str' } } })",
    code: 'flag-name',
    field: 'flags.vip level',
    got: 'vip level',
    valid: 'cart_flow_variant',
  },
  {
    what: 'a value of the wrong type',
    setup: "window.bridge = createBridge({ flags: plan }); bridge.setFlags({ purchase_count: '3' })",
    code: 'flag-value',
    field: 'purchase_count',
    got: 'string',
    valid: 'int: 3',
  },
  {
    what: 'an id that is none',
    setup:
      "window.bridge = createBridge({ flags: plan }); bridge.identify('undefined', { flags: { aov: 1 } })",
    code: 'id',
    field: 'identify',
    got: 'string',
    valid: "identify('cust_1042')",
  },
  {
    what: 'an option that is none',
    setup: 'window.bridge = createBridge({ flags: plan, timeOut: 5000 })',
    code: 'option',
    field: 'timeOut',
    got: '5000',
    valid: 'timeout: 10000',
    developmentOnly: true,
  },
]

describe.each(MISTAKES)('$what', ({ setup, code, field, got, valid, developmentOnly }) => {
  test('is explained once on the console of the development build', async () => {
    const { warnings, status } = await open('development', setup)
    expect(warnings).toHaveLength(1)
    const [text] = warnings
    expect(text).toContain(` ${field}: `)
    expect(text).toMatch(new RegExp(`got "?${got}`))
    expect(text).toContain(valid)
    expect((await status()).warnings).toMatchObject([{ code, field }])
    expect((await status()).warnings[0]?.message).toContain(valid)
  })

  test('is in status() of the production build, whose console stays silent', async () => {
    const { warnings, problems, status } = await open('production', setup)
    expect((await status()).warnings).toMatchObject(developmentOnly ? [] : [{ code, field }])
    expect(warnings).toEqual([])
    expect(problems).toEqual([])
  })

  test.each(['development', 'production'] as const)(
    'sends nothing wrong, and the rest works (%s)',
    async build => {
      const { store, page, problems } = await open(build, `${setup}; ${GO_ON}`)
      await settled(page, store)
      const { sessions, users, violations } = store.fullstory.view()
      expect(sessions).toMatchObject([{ uid: 'cust_1' }])
      expect(users.map(({ properties }) => Object.keys(properties))).toEqual([['vip_tier']])
      expect(names(sessions[0]?.events)).toEqual(['checkout_started'])
      const { people, anonymous } = store.customerio.view()
      expect(people.map(({ id, events }) => [id, names(events)])).toEqual([['cust_1', ['checkout_started']]])
      expect(anonymous).toEqual([])
      expect([...violations, ...store.customerio.violations]).toEqual([])
      expect(problems).toEqual([])
    },
  )
})

test('what is set under a refused name is not sent', async () => {
  const setup = `
    window.bridge = createBridge({ flags: { ...plan, uid: { type: 'str' }, wish_list: { type: 'boolean' } } })
    bridge.setFlags({ uid: 'cust_2', wish_list: true, unheard_of: 1 })
    ${GO_ON}`
  const { store, page, status } = await open('production', setup)
  await settled(page, store)
  const { users, violations } = store.fullstory.view()
  expect(users.map(({ uid, properties }) => [uid, Object.keys(properties)])).toEqual([
    ['cust_1', ['vip_tier']],
  ])
  expect([...violations, ...store.customerio.violations]).toEqual([])
  const unknown = (await status()).warnings.filter(({ code }) => code === 'flag-unknown')
  expect(unknown.map(({ field }) => field)).toEqual(['uid', 'wish_list', 'unheard_of'])
})

test('many mistakes are one line each, however often they are made', async () => {
  const setup = `
    window.bridge = createBridge({ flags: plan })
    for (let time = 0; time < 100; time++) {
      bridge.setFlags({ purchase_count: 'three', aov: NaN })
      bridge.identify('null')
      bridge.track('')
    }
    ${GO_ON}`
  const { warnings, status } = await open('development', setup)
  expect(warnings).toHaveLength(4)
  expect((await status()).warnings.map(({ code, field, count }) => [code, field, count])).toEqual([
    ['flag-value', 'purchase_count', 100],
    ['flag-value', 'aov', 100],
    ['id', 'identify', 100],
    ['event-name', 'track', 100],
  ])
})

describe('personal values', () => {
  const WRONG = () => {
    const { bridge } = window
    bridge.setFlags({ purchase_count: 'ada@example.com', last_order_date: 'ada@example.com' } as object)
    bridge.setFlags({ vip_tier: 'ada@example.com', aov: { of: 'ada@example.com' } } as object)
    bridge.identify('ada@example.com')
    bridge.identify('cio_ada@example.com', { traits: { email: 'ada@example.com' } })
    bridge.identify('cust_1', {
      traits: { 'e-mail': 'ada@example.com', big: 'ada@example.com'.repeat(1000) },
      flags: { cart_abandoner_4h: 'ada@example.com' } as object,
    })
    bridge.track('ada@example.com\n')
    bridge.track('checkout_started', { 'e-mail': 'ada@example.com', nested: { 'e-mail': 'ada@example.com' } })
    return bridge.flush().then(() => bridge.status().warnings)
  }

  test.each([
    ['development', ''],
    ['development', ', debug: false'],
    ['production', ''],
    ['production', ', debug: true'],
  ] as const)('appear neither on the console nor in warnings (%s%s)', async (build, option) => {
    const setup = `window.bridge = createBridge({ flags: plan${option} })`
    const { page, texts, store } = await open(build, setup)
    const warnings = await page.evaluate(WRONG)
    await settled(page, store)
    expect(warnings.length).toBeGreaterThanOrEqual(8)
    if (build === 'development')
      await eventually(
        () => texts.filter(text => text.includes('[retention-bridge]')).length,
        count => count === warnings.length,
        'every warning is on the console',
      )
    else expect(texts.filter(text => text.includes('[retention-bridge]'))).toEqual([])
    expect(JSON.stringify(warnings)).not.toMatch(/ada|example\.com/)
    expect(texts.join('\n')).not.toMatch(/ada|example\.com/)
  })

  test('are shown to a developer who asks for them', async () => {
    const { page, texts } = await open(
      'development',
      'window.bridge = createBridge({ flags: plan, debug: true })',
    )
    const warnings = await page.evaluate(WRONG)
    expect(JSON.stringify(warnings)).toContain('ada@example.com')
    await eventually(
      () => texts.filter(text => text.includes('identify: got ada@example.com')).length,
      count => count === 1,
      'the refused id is on the console',
    )
  })
})
