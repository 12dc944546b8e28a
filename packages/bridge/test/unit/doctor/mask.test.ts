import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskEmails, maskId } from '../../../src/doctor/mask.ts'

test.each([
  ['cust_1042', 'cu…42'],
  ['7', '…'],
  ['1042', '1…'],
  ['ada@example.com', 'a…@e….com'],
  ['Ada+shop@mail.example.co.uk', 'A…@m….example.co.uk'],
  ['ada@localhost', 'ad…st'],
])('%s is %s', (id, masked) => {
  expect(maskId(id)).toBe(masked)
})

test('all addresses in a text, and nothing else of it', () => {
  expect(maskEmails('from ada@example.com to <bob.b@shop.example>: 3 mugs @ 12.50')).toBe(
    'from a…@e….com to <b…@s….example>: 3 mugs @ 12.50',
  )
})

test('no id is shown in full, nor more of it than four characters', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 150, unit: 'grapheme-ascii' }), id => {
      fc.pre(!id.includes('@') && !id.includes('…'))
      const masked = maskId(id)
      expect(masked).not.toContain(id)
      expect(masked.length).toBeLessThanOrEqual(5)
    }),
  )
})

test('no address is shown in full, wherever it stands', () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.string(), fc.string(), (address, before, after) => {
      fc.pre(/^[\w.%+-]{2,}@[\w-]{2,}/.test(address))
      expect(maskEmails(`${before} ${address} ${after}`)).not.toContain(address)
    }),
  )
})
