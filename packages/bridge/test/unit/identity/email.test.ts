import { expect, test } from 'vitest'
import { isEmail, normalEmail } from '../../../src/identity/email.ts'
import { hashEmail } from '../../../src/identity/hash-email.ts'

test.each([
  ['ada@example.com', true],
  ['a.b+c@sub.example.co', true],
  ['ada@example', false],
  ['ada.example.com', false],
  ['@example.com', false],
  ['ada lovelace@example.com', false],
  ['ada@example.com ', false],
  ['', false],
])('%j is an address: %s', (text, expected) => expect(isEmail(text)).toBe(expected))

test.each<[unknown, string]>([
  ['  Ada@Example.COM\n', 'ada@example.com'],
  ['ada@example.com', 'ada@example.com'],
  [undefined, ''],
  [42, ''],
  [{ email: 'ada@example.com' }, ''],
  [['ada@example.com'], ''],
])('%j is compared as %j', (given, expected) => expect(normalEmail(given)).toBe(expected))

test('the hash is the one that a server makes', async () => {
  // printf ada@example.com | sha256sum
  expect(await hashEmail('ada@example.com')).toBe(
    'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72',
  )
})
