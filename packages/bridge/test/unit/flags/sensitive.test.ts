import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSensitive, PERSONAL } from '../../../src/flags/sensitive.ts'

const found = (value: unknown) => isSensitive(JSON.stringify(value))

/** The digit that makes a payment card's number of those before it (ISO/IEC 7812-1). */
const checkDigit = (digits: readonly number[]) => {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const counted = place % 2 ? digit : digit * 2
    return total + (counted > 9 ? counted - 9 : counted)
  }, 0)
  return (10 - (sum % 10)) % 10
}
const cards = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.array(fc.nat(9), { minLength: 13, maxLength: 17 }))
  .map(([first, rest]) => [first, ...rest])
  .map(digits => [...digits, checkDigit(digits)].join(''))

describe('personal data in a value', () => {
  test.each([
    'ada@example.com',
    'Ada Lovelace <ada.lovelace+shop@mail.example.co.uk>',
    'https://shop.example/?email=ada%40example.com',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111111111111111',
    4111111111111111,
    '378282246310005',
    'card=5555555555554444 declined',
    'DE89 3704 0044 0532 0130 00',
    'de89370400440532013000',
    'NO93 8601 1117 947',
    'pay to GB29NWBK60161331926819 please',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N',
    'sk_live_51H8zKd2eZvKYlo2C0aBcDeFgHiJkLmNo',
    'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72',
    'https://shop.example/reset?token=3f2a9c1d4e5b6a7f8091a2b3c4d5e6f7',
    ['gold', 'ada@example.com'],
    { note: { text: 'write to ada@example.com' } },
  ])('%j', value => expect(found(value)).toBe(true))

  test('every payment card’s number, however it is written', () => {
    fc.assert(
      fc.property(cards, fc.constantFrom('', ' ', '-'), (card, separator) => {
        expect(found(card.match(/.{1,4}/g)?.join(separator))).toBe(true)
      }),
    )
  })
})

describe('what a store says all day', () => {
  test.each([
    'gold',
    'checkout_started',
    'blue-cotton-shirt-2026-limited-edition-xl',
    'https://shop.example/products/blue-cotton-shirt?variant=40183957356713',
    '550e8400-e29b-41d4-a716-446655440000',
    'gid://shopify/ProductVariant/40183957356713',
    'https://app.fullstory.com/ui/o-1ABC-na1/session/4758429340921856%3A6413437892173824',
    'https://medium.com/@ada.lovelace/a-story',
    'R-1001',
    '2026-11-29T12:00:00.000Z',
    40183957356713,
    1732870000000,
    1732870000000000,
    129.5,
    true,
    '1234567890123456',
    'Sun to Thu, 9.00 to 17.30 at 4 shops',
    'AB12 CDEF 3456 7890 1234',
    ['a', 'b'],
    null,
  ])('%j is none', value => expect(found(value)).toBe(false))

  test('nor is a number that no card has', () => {
    fc.assert(
      fc.property(cards, fc.integer({ min: 1, max: 9 }), (card, off) => {
        expect(found(card.slice(0, -1) + ((Number(card.at(-1)) + off) % 10))).toBe(false)
      }),
    )
  })

  test('nor is anything that takes long to look at', () => {
    for (const text of ['@', 'a@', '4', '4 ', 'a', 'a1', 'AB12', 'eyJ', 'eyJ.']) {
      // Of the processor: how long others keep it is not the question.
      const before = process.cpuUsage()
      found(text.repeat(1e6))
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000)
    }
  })
})

test.each([
  'email',
  'work_email',
  'emails',
  'phone_number',
  'billing_address',
  'zip',
  'postal_code',
  'dob',
  'birthday',
  'date_of_birth',
  'card_number',
  'iban',
  'first_name',
  'lastname',
  'access_token',
  'password_hint',
])('a flag called %s is for personal data', name => expect(PERSONAL.test(name)).toBe(true))

test.each(['vip_tier', 'cart_flow_variant', 'cardinality', 'zipped', 'addressable', 'plan_name', 'dobby'])(
  'a flag called %s is not',
  name => expect(PERSONAL.test(name)).toBe(false),
)
