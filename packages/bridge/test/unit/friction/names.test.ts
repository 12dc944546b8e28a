import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeAddress, stepOf } from '../../../src/friction/addresses.ts'
import { describe as describeElement, safeName } from '../../../src/friction/names.ts'
import { put } from './stage.ts'

test.each(['a@b.example', 'cust_1042', '4111', 'Ada Lovelace', 'x'.repeat(25), '83f7a2c1', 'ünal', ''])(
  'is no name that a programmer gave: %s',
  text => {
    expect(safeName(text)).toBeUndefined()
  },
)

test.each(['pay', 'btn--primary', 'address_line_2', 'h2'])('is one: %s', text => {
  expect(safeName(text)).toBe(text)
})

test('an id ends it; then name and class, each only if it is safe', () => {
  put(
    `<main id="main"><form id="customer-1042" name="pay"><p name="x1042y"><b class="a@b c-1234 big red">Ada`,
  )
  const element = document.querySelector('b') as Element
  expect(describeElement(element)).toBe('main#main > form[name=pay] > p > b.big')
})

test.each(['a', 'a-rather-long-class-nam'])('it ends when it is long enough: %s', name => {
  put(`<div class="${name}">`.repeat(99))
  const elements = document.querySelectorAll('div')
  const text = describeElement(elements[98] as Element)
  expect(text.length).toBeGreaterThanOrEqual(50)
  expect(text.length).toBeLessThanOrEqual(100)
})

test('whatever attributes hold, nothing of it that looks personal is told', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.emailAddress(), fc.uuid(), fc.string(), fc.stringMatching(/^\d{3,20}$/)),
      fc.constantFrom('id', 'class', 'name', 'data-id', 'value', 'href', 'aria-label'),
      (value, name) => {
        const element = document.createElement('input')
        element.setAttribute(name, value)
        element.textContent = value
        const text = describeElement(element)
        expect(text).toMatch(/^input([#.][A-Za-z][\w-]*|\[[\w-]+=[A-Za-z][\w-]*\])?$/)
        expect(text).not.toMatch(/\d.*\d.*\d|@/)
        expect(text.length).toBeLessThanOrEqual(100)
      },
    ),
  )
})

test('addresses lose their query, and what may be an id', () => {
  const address = 'https://shop.example/api/carts/83f7a2c1/ada%40b.example/items?email=a@b.example#x'
  expect(describeAddress(address, safeName)).toBe('https://shop.example/api/carts/*/*/items')
  expect(describeAddress('https://cdn.example/main.3f9a8b7c.js?v=1', safeName)).toBe(
    'https://cdn.example/main.3f9a8b7c.js',
  )
})

test('the step is a parameter, or the last name of the path or of a route behind #', () => {
  const steps = [
    '/checkouts/cn/83f7a2c1/shipping',
    '/checkout?step=payment',
    '/#/checkout/review?x=1',
    '/1042',
  ]
  expect(steps.map(path => stepOf(new URL(path, 'https://shop.example'), safeName))).toEqual([
    'shipping',
    'payment',
    'review',
    undefined,
  ])
})
