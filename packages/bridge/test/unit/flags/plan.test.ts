import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineFlags, readPlan } from '../../../src/flags/plan.ts'
import { createReport } from '../../../src/report.ts'
import { throwingFor } from '../hostile.ts'

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const read = (plan: unknown, limit = 15) => {
  const report = createReport(false, () => {})
  const lookup = readPlan(plan, limit, report)
  return {
    name: (spelling: string) => lookup(spelling)?.[0],
    spec: (spelling: string) => lookup(spelling)?.[1],
    warnings: () => report.list().map(({ code, field }) => [code, field]),
  }
}

test('defineFlags gives the plan back as it is', () => {
  const plan = { vip: { type: 'bool' } } as const
  expect(defineFlags(plan)).toBe(plan)
})

describe('looking up a name', () => {
  const { name, spec, warnings } = read({
    vip_tier: { type: 'enum', values: ['none', 'gold'], aliases: ['VIP', 'vipCustomer', 'vip-level'] },
    aov: { type: 'real' },
  })

  test.each([
    ['vip_tier', 'vip_tier'],
    ['VIP_Tier', 'vip_tier'],
    ['VIP', 'vip_tier'],
    ['vip', 'vip_tier'],
    ['vipcustomer', 'vip_tier'],
    ['vip-level', 'vip_tier'],
    ['aov', 'aov'],
    ['vip_teir', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['toString', undefined],
  ])('%j is %j', (spelling, declared) => expect(name(spelling)).toBe(declared))

  test('an alias has the declaration of its flag', () => {
    expect(spec('vip')).toBe(spec('vip_tier'))
    expect(spec('vip')).toMatchObject({ type: 'enum', values: ['none', 'gold'] })
  })

  test('a plan without mistakes has no warning', () => expect(warnings()).toEqual([]))
})

describe('what is wrong is reported by its field and left out, the rest works', () => {
  const refused = (flag: string, spec: unknown) => {
    const { name, warnings } = read({ [flag]: spec, good: { type: 'bool' } })
    expect(name('good')).toBe('good')
    expect(name(flag)).toBeUndefined()
    return warnings()
  }

  test.each([
    'uid',
    'email',
    'cio_id',
    'two words',
    'CamelCase',
    '1st',
    '_private',
    'kebab-case',
    'größe',
    'x'.repeat(65),
    '',
  ])('the name %j', flag => expect(refused(flag, { type: 'bool' })).toEqual([['flag-name', `flags.${flag}`]]))

  test.each(['boolean', 'string', 'BOOL', '', undefined, null, 1, 'constructor', '__proto__'])(
    'the type %j',
    type => expect(refused('vip', { type })).toEqual([['flag-type', 'flags.vip']]),
  )

  test.each([null, undefined, 'bool', 1, []])('the declaration %j', spec =>
    expect(refused('vip', spec)).toEqual([['flag-type', 'flags.vip']]),
  )

  test.each([
    ['values', { type: 'enum' }],
    ['values', { type: 'enum', values: [] }],
    ['values', { type: 'enum', values: 'gold' }],
    ['values', { type: 'enum', values: ['gold', 1] }],
    ['values', { type: 'enum', values: ['gold', ''] }],
    ['ttl', { type: 'bool', ttl: '4 hours' }],
    ['ttl', { type: 'bool', ttl: '4w' }],
    ['ttl', { type: 'bool', ttl: 0 }],
    ['ttl', { type: 'bool', ttl: -1 }],
    ['ttl', { type: 'bool', ttl: Number.NaN }],
    ['ttl', { type: 'bool', ttl: null }],
    ['off', { type: 'str', ttl: '4h' }],
    ['off', { type: 'enum', values: ['gold'], ttl: '4h' }],
    ['off', { type: 'enum', values: ['gold'], ttl: '4h', off: 'none' }],
    ['off', { type: 'int', ttl: '4h', off: '0' }],
    ['off', { type: 'bool', off: null }],
  ])('%s of %j is explained in development, and changes nothing else', (part, spec) => {
    const { name, warnings } = read({ vip: spec })
    expect(warnings()).toEqual([[`flag-${part}`, `flags.vip.${part}`]])
    expect(name('vip')).toBe('vip')
    vi.stubEnv('NODE_ENV', 'production')
    expect(read({ vip: spec }).name('vip')).toBe('vip')
  })

  test.each([
    { type: 'bool', ttl: '4h' },
    { type: 'bool', ttl: 1 },
    { type: 'bool', ttl: '90s', off: true },
    { type: 'enum', values: ['none', 'gold'], ttl: '7d', off: 'none' },
    { type: 'int', ttl: '30m', off: 0 },
    { type: 'real', ttl: '30m', off: 0 },
    { type: 'str', ttl: '30m', off: '' },
    { type: 'date', ttl: '30m', off: '1970-01-01T00:00:00Z' },
  ])('nothing of %j', spec => {
    const { name, warnings } = read({ vip: spec })
    expect(name('vip')).toBe('vip')
    expect(warnings()).toEqual([])
  })
})

describe('the limit', () => {
  const plan = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`flag_${index}`, { type: 'bool' }]))

  test.each([
    [15, 15],
    [40, 40],
  ])('%d flags fit', (count, limit) => {
    const { name, warnings } = read(plan(count), limit)
    expect(name(`flag_${count - 1}`)).toBe(`flag_${count - 1}`)
    expect(warnings()).toEqual([])
  })

  test('more are refused, in the order of the plan', () => {
    const { name, warnings } = read(plan(16))
    expect(name('flag_14')).toBe('flag_14')
    expect(name('flag_15')).toBeUndefined()
    expect(warnings().map(([code]) => code)).toEqual(['flag-limit'])
  })

  test('a refused flag takes no place', () => {
    const { name, warnings } = read({ uid: { type: 'bool' }, other: { type: 'boolean' }, ...plan(15) })
    expect(name('flag_14')).toBe('flag_14')
    expect(warnings().map(([code]) => code)).toEqual(['flag-name', 'flag-type'])
  })
})

describe('two flags with one spelling', () => {
  test.each([
    ['an alias of both', { a: { type: 'bool', aliases: ['same'] }, b: { type: 'bool', aliases: ['SAME'] } }],
    ['the name of another', { same: { type: 'bool' }, b: { type: 'bool', aliases: ['same'] } }],
    [
      'an alias that is the name of a later one',
      { a: { type: 'bool', aliases: ['B'] }, b: { type: 'bool' } },
    ],
  ])('%s: the first stays, the other is refused whole', (_, plan) => {
    for (const build of ['development', 'production']) {
      vi.stubEnv('NODE_ENV', build)
      const { name, warnings } = read({ ...plan, c: { type: 'bool' } })
      const [first] = Object.keys(plan)
      expect(['same', 'b'].map(name)).not.toContain('b')
      expect([name(first as string), name('c')]).toEqual([first, 'c'])
      expect(warnings()).toEqual([['flag-aliases', 'flags.b']])
    }
  })
})

test('an alias that repeats its flag is no mistake', () => {
  const { name, warnings } = read({ vip: { type: 'bool', aliases: ['VIP', 'vip', 'Vip'] } })
  expect(name('VIP')).toBe('vip')
  expect(warnings()).toEqual([])
})

test('the production build refuses the same', () => {
  const plan = {
    uid: { type: 'bool' },
    vip: { type: 'boolean' },
    good: { type: 'bool', aliases: ['fine'] },
    more: { type: 'bool' },
  }
  const development = read(plan, 1)
  vi.mocked(console.warn).mockClear()
  vi.stubEnv('NODE_ENV', 'production')
  const production = read(plan, 1)
  expect(production.warnings()).toEqual(development.warnings())
  for (const spelling of ['uid', 'vip', 'good', 'fine', 'more'])
    expect(production.name(spelling)).toBe(development.name(spelling))
  expect(console.warn).not.toHaveBeenCalled()
})

test.each<unknown>([5, true, {}, 'VIP', [5], [null]])(
  'aliases that are %j leave the other flags alone, and mean the same in both builds',
  aliases => {
    const plan = { vip: { type: 'bool', aliases }, good: { type: 'bool', aliases: ['fine'] } }
    const development = read(plan)
    vi.stubEnv('NODE_ENV', 'production')
    const production = read(plan)
    for (const { name } of [development, production]) expect(name('fine')).toBe('good')
    expect(production.name('vip')).toBe(development.name('vip'))
    expect(development.warnings()[0]).toEqual(['flag-aliases', 'flags.vip.aliases'])
  },
)

test('a plan that is none has no flags', () => {
  expect(throwingFor(plan => expect(read(plan).name('vip_tier')).toBeUndefined())).toEqual([])
})

test('a hostile declaration costs no other flag', () => {
  expect(
    throwingFor(spec => expect(read({ vip: spec, good: { type: 'bool' } }).name('good')).toBe('good')),
  ).toEqual([])
})
