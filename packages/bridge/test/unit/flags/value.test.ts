import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FlagSpec, FlagType } from '../../../src/flags/plan.ts'
import { fits, namesOf, readValue } from '../../../src/flags/value.ts'
import { HOSTILE } from '../hostile.ts'

const SPECS: Record<FlagType, FlagSpec> = {
  bool: { type: 'bool' },
  int: { type: 'int' },
  real: { type: 'real' },
  str: { type: 'str' },
  strs: { type: 'strs' },
  enum: { type: 'enum', values: ['none', 'gold'] },
  date: { type: 'date' },
}
/** A value that is refused is `undefined` or an error. */
const read = (spec: FlagSpec, value: unknown) => {
  try {
    return readValue(spec, value)
  } catch {
    return undefined
  }
}
const TYPES = Object.keys(SPECS) as FlagType[]

describe('a value of the declared type is taken', () => {
  test.each<[FlagType, unknown, unknown?]>([
    ['bool', true],
    ['bool', false],
    ['int', 0],
    ['int', -3],
    ['int', Number.MAX_SAFE_INTEGER],
    ['real', 3],
    ['real', 80.25],
    ['real', -1e300],
    ['str', ''],
    ['str', 'b'],
    ['str', 'x'.repeat(2730)],
    ['strs', ['s']],
    ['strs', ['s', '', 'l']],
    ['enum', 'gold'],
    ['date', '2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['date', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['date', '2026-01-02T03:04:05.678+02:00', '2026-01-02T01:04:05.678Z'],
    ['date', new Date(Date.UTC(2026, 0, 2)), '2026-01-02T00:00:00.000Z'],
    ['date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['date', '1970-01-01', '1970-01-01T00:00:00.000Z'],
    ['date', new Date(-1), '1969-12-31T23:59:59.999Z'],
  ])('%s %o', (type, value, kept = value) => expect(readValue(SPECS[type], value)).toEqual(kept))
})

describe('nothing is converted by guessing', () => {
  test.each<[FlagType, unknown]>([
    ['bool', 1],
    ['bool', 0],
    ['bool', 'true'],
    ['bool', null],
    ['int', 3.5],
    ['int', '3'],
    ['int', 2 ** 53],
    ['int', Number.NaN],
    ['real', '80.25'],
    ['real', Number.NaN],
    ['real', Infinity],
    ['str', 3],
    ['str', ['b']],
    ['str', 'x'.repeat(8193)],
    ['strs', 's'],
    ['strs', []],
    ['strs', ['s', 5]],
    ['strs', [['s']]],
    ['strs', [undefined]],
    ['strs', { 0: 's', length: 1 }],
    ['strs', ['x'.repeat(2000), 'x'.repeat(2000)]],
    ['enum', 'Gold'],
    ['enum', 'platinum'],
    ['enum', ['gold']],
    ['date', '02/01/2026'],
    ['date', 'tomorrow'],
    ['date', '2026'],
    ['date', '2026-13-45'],
    ['date', '2026-01-02 in the morning'],
    ['date', 1_767_322_800_000],
    ['date', new Date(Number.NaN)],
    // Microseconds taken for milliseconds: a year of five digits, which is none of FullStory's dates.
    ['date', new Date(1_767_322_800_000_000)],
    ['date', ['2026-01-02']],
    ['date', true],
  ])('%s %o', (type, value) => expect(read(SPECS[type], value)).toBeUndefined())

  test('a type that is none takes nothing', () =>
    expect(readValue({ type: 'constructor' as 'str' }, 'x')).toBeUndefined())

  test('an enum without values takes nothing', () =>
    expect(readValue({ type: 'enum' }, 'gold')).toBeUndefined())
})

test.each(TYPES)('a hostile value for %s is refused or of its type', type => {
  for (const [what, value] of HOSTILE)
    expect(
      ['undefined', 'boolean', 'number', 'string', ...(type === 'strs' ? ['object'] : [])],
      what,
    ).toContain(typeof read(SPECS[type], value))
})

const longText = (min: number, max: number) =>
  fc
    .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.integer({ min, max }))
    .map(([character, length]) => character.repeat(length))

test('what is taken is of the type, within FullStory’s size, and read again stays the same', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  const kept: Record<FlagType, (value: unknown) => boolean> = {
    bool: value => typeof value === 'boolean',
    int: value => Number.isSafeInteger(value),
    real: value => Number.isFinite(value),
    str: value => typeof value === 'string' && bytes(value) <= 8192,
    strs: value => Array.isArray(value) && value.every(text => typeof text === 'string'),
    enum: value => value === 'none' || value === 'gold',
    date: value => typeof value === 'string' && new Date(value).toISOString() === value,
  }
  const anything = fc.oneof(
    fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true, withObjectString: true }),
    longText(2000, 9000),
    fc.date({ noInvalidDate: false }),
    fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
    fc.constantFrom('none', 'gold', true, false),
    fc.array(fc.string()),
    fc.double(),
    fc.integer(),
  )
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), anything, (type, value) => {
      const taken = read(SPECS[type], value)
      if (taken === undefined) return
      expect(kept[type](taken)).toBe(true)
      expect(read(SPECS[type], taken)).toEqual(taken)
    }),
  )
})

test('a text fits only when FullStory keeps all of its bytes', () => {
  fc.assert(
    fc.property(longText(2600, 2800), text => {
      if (fits(text)) expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(8192)
    }),
  )
  expect(fits('€'.repeat(2730))).toBe(true)
  expect(fits('€'.repeat(2731))).toBe(false)
})

describe('the names of an object', () => {
  test('are its own, in order', () => {
    expect(namesOf(Object.assign(Object.create({ inherited: 1 }), { b: 1, a: 2 }))).toEqual(['b', 'a'])
  })

  test('are bounded', () => {
    const names = namesOf(
      Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`flag_${index}`, 1])),
    )
    expect(names.length).toBeLessThanOrEqual(1000)
    expect(names[0]).toBe('flag_0')
  })

  test('of anything else are none', () => {
    for (const given of ['text', 5, true, null, undefined, () => {}, Symbol.iterator, 1n])
      expect(namesOf(given)).toEqual([])
  })

  test('of what cannot be read are none', () => {
    for (const [what, value] of HOSTILE) expect(namesOf(value), what).toBeInstanceOf(Array)
  })
})
