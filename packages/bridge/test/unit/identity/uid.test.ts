import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readUid } from '../../../src/identity/uid.ts'
import { throwingFor } from '../hostile.ts'

describe('ids that both vendors keep', () => {
  test.each<[unknown, string]>([
    ['cust_1042', 'cust_1042'],
    [1042, '1042'],
    [-7, '-7'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ['  cust_1042\n', 'cust_1042'],
    ['gid://shopify/Customer/7', 'gid://shopify/Customer/7'],
    ['00', '00'],
    ['True Grit', 'True Grit'],
    ['nullable', 'nullable'],
    ['CIO_1', 'CIO_1'],
    ['my cio_1', 'my cio_1'],
    ['ada@example', 'ada@example'],
    ['@handle', '@handle'],
    ['名前', '名前'],
    ['x'.repeat(150), 'x'.repeat(150)],
    [` ${'x'.repeat(150)} `, 'x'.repeat(150)],
  ])('%j', (given, kept) => {
    expect(readUid(given, false)).toBe(kept)
    expect(readUid(given, true)).toBe(kept)
  })
})

describe('ids that one of them refuses or takes for something else', () => {
  const PLACEHOLDERS = ['', '0', '1', '-1', 'true', 'false', 'n/a', 'nan', 'undefined', 'null', 'nil']

  test.each(PLACEHOLDERS.flatMap(text => [text, text.toUpperCase(), ` ${text}\t`]))(
    'the placeholder %j',
    given => expect(readUid(given, true)).toBeUndefined(),
  )

  test.each([
    0,
    1,
    -1,
    -0,
    1.5,
    Number.NaN,
    Infinity,
    2 ** 53,
    true,
    {},
    ['cust_1'],
    new String('cust_1'),
    'x'.repeat(151),
    'cio_0a1b2c',
    '  cio_0a1b2c',
  ])('%o', given => expect(readUid(given, true)).toBeUndefined())

  test.each(['ada@example.com', 'Ada.Lovelace+shop@mail.example.co.uk', ' ada@example.com ', 'a@b.c'])(
    'the e-mail address %j, unless addresses are the ids',
    given => {
      expect(readUid(given, false)).toBeUndefined()
      expect(readUid(given, true)).toBe(given.trim())
    },
  )
})

test('never throws', () => {
  expect(throwingFor(value => readUid(value, false))).toEqual([])
})

/** FullStory: trimmed text or an integer that is no placeholder, at most 256 characters. */
const keptByFullStory = (uid: string) =>
  uid.trim() === uid &&
  !['', '0', '1', '-1', 'true', 'false', 'n/a', 'nan', 'undefined', 'null', 'nil'].includes(
    uid.toLowerCase(),
  ) &&
  uid.length <= 256
/** Customer.io: at most 150 characters; what looks like an e-mail address or a `cio_` id is another identifier. */
const keptByCustomerIo = (uid: string) =>
  uid.length <= 150 && !uid.startsWith('cio_') && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(uid)

test('exactly what both keep unchanged is accepted', () => {
  const near = fc.constantFrom(
    ...['', '0', '1', '-1', 'true', 'false', 'n/a', 'NaN', 'Undefined', 'null', 'nil'],
    ...['cio_', 'CIO_', 'ada@example.com', '@', '.', ' ', '\u00a0', '\ufeff', '\u200b'],
  )
  const text = fc.oneof(
    fc.array(fc.oneof(near, fc.string({ unit: 'grapheme' })), { maxLength: 3 }).map(parts => parts.join('')),
    fc.string({ unit: 'grapheme-ascii', minLength: 145, maxLength: 155 }),
    fc.emailAddress(),
    fc.integer().map(String),
  )
  // Two @ in one id: Customer.io does not say how it reads that, so it may be refused.
  const certain = text.filter(given => given.split('@').length < 3)
  fc.assert(
    fc.property(certain, given => {
      const trimmed = given.trim()
      const kept = keptByFullStory(trimmed) && keptByCustomerIo(trimmed)
      expect(readUid(given, false)).toBe(kept ? trimmed : undefined)
    }),
    { numRuns: 2000 },
  )
})

test('an accepted id stays what it is when it is read again', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger()),
      fc.boolean(),
      (given, mayBeEmail) => {
        const id = readUid(given, mayBeEmail)
        if (id !== undefined) expect(readUid(id, mayBeEmail)).toBe(id)
      },
    ),
  )
})
