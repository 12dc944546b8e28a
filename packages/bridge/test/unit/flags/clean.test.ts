import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clean } from '../../../src/flags/clean.ts'
import { HOSTILE, throwingFor } from '../hostile.ts'

describe('what fits is copied', () => {
  test('as plain JSON', () => {
    const given = {
      text: 'b',
      number: 12.5,
      yes: true,
      nothing: null,
      list: [1, 'two', [null]],
      nested: { price: { amount: 1 } },
      digits: ['1', ':', '"1":', { text: '"1": ' }],
      camelCase_2: 1,
      skipped: undefined,
      act: () => 1,
    }
    const { properties, types, refused } = clean(given)
    const { skipped, act, ...plain } = given
    expect(properties).toStrictEqual(plain)
    expect(types).toEqual({})
    expect(refused).toEqual([])
  })

  test('as a copy, so that the page may go on using its own', () => {
    const given = { items: [{ sku: 'mug' }] }
    const { properties } = clean(given)
    ;(given.items[0] as { sku: string }).sku = 'cup'
    expect(properties).toEqual({ items: [{ sku: 'mug' }] })
  })

  test('with dates as ISO-8601, and their type', () => {
    const { properties, types } = clean({ at: new Date(Date.UTC(2026, 0, 2)), text: '2026-01-02' })
    expect(properties).toEqual({ at: '2026-01-02T00:00:00.000Z', text: '2026-01-02' })
    expect(types).toEqual({ at: 'date' })
  })

  test('own names only', () => {
    expect(clean(Object.create({ inherited: 1 })).properties).toEqual({})
    expect(
      clean(
        new (class {
          own = 1
          get computed() {
            return 2
          }
        })(),
      ).properties,
    ).toEqual({ own: 1 })
  })

  test.each([undefined, null, {}, []])('%j is nothing', given =>
    expect(clean(given)).toEqual({ properties: {}, types: {}, refused: [] }),
  )
})

describe('what does not fit costs its own field only', () => {
  const getter = Object.defineProperty({}, 'inner', {
    enumerable: true,
    get: () => {
      throw new Error('hostile')
    },
  })
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle

  test.each<[what: string, name: string, value: unknown]>([
    ['a name with a space', 'two words', 1],
    ['a name with a dash', 'kebab-case', 1],
    ['a name that starts with a digit', '1st', 1],
    ['a name that starts with _', '_private', 1],
    ['a name that is empty', '', 1],
    ['a name beyond ASCII', 'größe', 1],
    ['uid, which would be an identify call', 'uid', 'cust_2'],
    ['id, which would be another person', 'id', 'cust_2'],
    ['cio_id', 'cio_id', 'cio_1'],
    ['anonymous_id', 'anonymous_id', 'a'],
    ['NaN', 'value', Number.NaN],
    ['Infinity', 'value', Infinity],
    ['a bigint', 'value', 1n],
    ['a cycle', 'value', cycle],
    ['a getter that throws', 'value', getter],
    ['a number deep inside that is none', 'value', { list: [{ price: Number.NaN }] }],
    ['a name deep inside', 'value', { list: [{ 'unit price': 1 }] }],
    ['a name of digits deep inside, which is no list', 'value', { list: [{ 1: 1 }] }],
    ['an empty name deep inside', 'value', { '': 1 }],
    ['a text that is too long', 'value', 'x'.repeat(8193)],
    ['a list that is too long', 'value', Array(5000).fill(1)],
    ['10 MB', 'value', 'x'.repeat(1e7)],
  ])('%s', (_, name, value) => {
    const { properties, types, refused } = clean({ before: 1, [name]: value, after: 2 })
    expect(properties).toEqual({ before: 1, after: 2 })
    expect(types).toEqual({})
    expect(refused).toEqual([name])
  })

  test('an own __proto__ reaches nobody', () => {
    const { properties, refused } = clean(JSON.parse('{ "__proto__": { "polluted": 1 }, "after": 2 }'))
    expect(refused).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype)
    expect(properties).toEqual({ after: 2 })
    expect('polluted' in {}).toBe(false)
  })
})

/** Everything that FullStory or Customer.io would refuse, wherever it is inside of what was let through. */
const illegal = (properties: Record<string, unknown>): string[] => {
  const bad: string[] = []
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'number' && !Number.isFinite(value)) bad.push(`${path}: ${value}`)
    if (!['string', 'number', 'boolean', 'object'].includes(typeof value))
      bad.push(`${path}: ${typeof value}`)
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`)
    else if (value && typeof value === 'object') {
      if (Object.getPrototypeOf(value) !== Object.prototype) bad.push(`${path}: prototype`)
      for (const [name, item] of Object.entries(value)) {
        if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) bad.push(`${path}.${name}: name`)
        walk(item, `${path}.${name}`)
      }
    }
  }
  walk(properties, '')
  for (const [name, value] of Object.entries(properties)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    if (new TextEncoder().encode(text).length > 8192) bad.push(`${name}: size`)
    if (/^(uid|id|cio_id|anonymous_id)$/.test(name)) bad.push(`${name}: reserved`)
  }
  return bad
}

describe('whatever is given', () => {
  test('never throws', () => {
    expect(throwingFor(clean)).toEqual([])
    expect(throwingFor(value => clean({ value }))).toEqual([])
    expect(throwingFor(value => clean({ list: [{ value }] }))).toEqual([])
  })

  test('hostile values next to good ones', () => {
    for (const [what, value] of HOSTILE) {
      const { properties } = clean({ before: 1, value, list: [{ value }], after: 2 })
      expect(illegal(properties), what).toEqual([])
      expect(properties, what).toMatchObject({ before: 1, after: 2 })
    }
  })

  test('nothing that a vendor would refuse is let through', () => {
    const leaf = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withObjectString: true,
      }),
      fc.double(),
      fc
        .tuple(
          fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
          fc.integer({ min: 2600, max: 9000 }),
        )
        .map(([character, length]) => character.repeat(length)),
    )
    const name = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[A-Za-z]\w{0,9}$/),
      fc.constantFrom('uid', 'id', 'cio_id', 'anonymous_id', '__proto__', 'constructor', 'toJSON', '7', ''),
    )
    const { given } = fc.letrec<{ given: Record<string, unknown>; value: unknown }>(tie => ({
      given: fc.dictionary(name, tie('value'), { maxKeys: 8, noNullPrototype: false }),
      value: fc.oneof(
        { withCrossShrink: true, maxDepth: 3 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        tie('given'),
      ),
    }))
    fc.assert(
      fc.property(given, fc.nat(HOSTILE.length - 1), (value, hostile) => {
        const injected = HOSTILE[hostile]?.[1]
        const { properties, types, refused } = clean({ ...value, injected, nested: [value, { injected }] })
        expect(illegal(properties)).toEqual([])
        for (const name of refused) expect(Object.hasOwn(properties, name)).toBe(false)
        // An invalid date is null, as JSON has it.
        for (const name of Object.keys(types)) expect(properties[name] ?? '').toBeTypeOf('string')
      }),
      { numRuns: 500 },
    )
  })
})
