import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FlagSpec } from '../../../src/index.ts'
import { flagFromText } from '../../../src/sources/flag-from-text.ts'

const TIER: FlagSpec = { type: 'enum', values: ['none', 'Gold', 'gold plus'] }

test.each<[spec: FlagSpec, text: string, value: unknown]>([
  [{ type: 'bool' }, '1', true],
  [{ type: 'bool' }, 'TRUE', true],
  [{ type: 'bool' }, ' yes ', true],
  [{ type: 'bool' }, '', true],
  [{ type: 'bool' }, '0', false],
  [{ type: 'bool' }, 'False', false],
  [{ type: 'bool' }, 'no', false],
  [{ type: 'int' }, '42', 42],
  [{ type: 'int' }, '-7', -7],
  [{ type: 'int' }, '9007199254740991', Number.MAX_SAFE_INTEGER],
  [{ type: 'real' }, '80.5', 80.5],
  [{ type: 'real' }, '.5', 0.5],
  [TIER, 'none', 'none'],
  [TIER, 'GOLD', 'Gold'],
  [TIER, 'gold+plus'.replace('+', ' '), 'gold plus'],
  [{ type: 'enum', values: ['A', 'a'] }, 'a', 'a'],
  [{ type: 'date' }, '2026-01-02', '2026-01-02'],
  [{ type: 'date' }, '1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
  [{ type: 'str' }, ' spring\u0000 sale\n', 'spring sale'],
  [{ type: 'str' }, 'x'.repeat(250), 'x'.repeat(250)],
])('%o takes %j as %j', (spec, text, value) => {
  expect(flagFromText(spec, text)).toBe(value)
})

test.each<[spec: FlagSpec, text: string]>([
  [{ type: 'bool' }, 'maybe'],
  [{ type: 'bool' }, '2'],
  [{ type: 'int' }, ''],
  [{ type: 'int' }, '1.5'],
  [{ type: 'int' }, '1e3'],
  [{ type: 'int' }, '0x10'],
  [{ type: 'int' }, '9007199254740992'],
  [{ type: 'real' }, 'NaN'],
  [{ type: 'real' }, 'Infinity'],
  [{ type: 'real' }, '1,5'],
  [{ type: 'real' }, '9'.repeat(400)],
  [TIER, 'platinum'],
  [TIER, ''],
  [TIER, '__proto__'],
  [{ type: 'enum' }, 'anything'],
  [{ type: 'date' }, 'tomorrow'],
  [{ type: 'date' }, '2026-13-45'],
  [{ type: 'date' }, '2026-01-02 or so'],
  [{ type: 'str' }, ''],
  [{ type: 'str' }, ' \t '],
  [{ type: 'str' }, 'x'.repeat(251)],
])('%o does not take %j', (spec, text) => {
  expect(flagFromText(spec, text) ?? null).toBeNull()
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.stringMatching(/^[ -]?[\d.eE+-]{0,20}$/),
  fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
  fc.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.Z+-]{0,16}$/),
  fc.constantFrom('gold', 'GOLD', 'yes', '0', 'true', '4\u00002'),
)

test('a number is the one that is written, and a text has none of what was left out', () => {
  fc.assert(
    fc.property(anyText, text => {
      const int = flagFromText({ type: 'int' }, text)
      const real = flagFromText({ type: 'real' }, text)
      const str = flagFromText({ type: 'str' }, text)
      if (int != null) expect(Number.isSafeInteger(int) && real).toBe(int)
      if (real != null) expect(Number.isFinite(real) && Number(text.replace(/\p{Cc}/gu, ''))).toBe(real)
      if (str != null) expect(str).toMatch(/^(?=\S)\P{Cc}{1,250}(?<=\S)$/u)
    }),
    { numRuns: 2000 },
  )
})

test('integers, reals and values of an enum survive an address', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string({ minLength: 1, maxLength: 20 }), (integer, value) => {
      expect(flagFromText({ type: 'int' }, String(integer))).toBe(integer)
      fc.pre(value === value.trim())
      const values = ['other', value]
      const [, text = ''] = [...new URLSearchParams({ v: value })][0] ?? []
      expect(flagFromText({ type: 'enum', values }, text)?.toString().toLowerCase()).toBe(value.toLowerCase())
    }),
  )
})
