import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ClassicPage, classic } from '../../../src/customerio/classic.ts'
import type { Step } from '../../../src/delivery/vendor.ts'

const COOKIES = ['_cioid', '_cioanonid', 'my_cioid']
const setCookie = (name: string, value: string, attributes = '') => {
  // biome-ignore lint/suspicious/noDocumentCookie: the SDK keeps its ids there.
  document.cookie = `${name}=${value}; path=/${attributes}`
}
const forget = () => {
  sessionStorage.clear()
  for (const name of COOKIES) setCookie(name, '', '; max-age=0')
}
beforeEach(forget)
afterEach(forget)

/** The snippet once loaded, as far as it is documented: what it was told, and its cookies. */
const open = (page: ClassicPage = window) => {
  const calls: unknown[][] = []
  const sdk = {
    identify(person: { id: string }) {
      calls.push(['identify', person])
      setCookie('_cioid', encodeURIComponent(person.id))
    },
    track: (name: string, data?: object) => void calls.push(['track', name, data]),
    reset() {
      calls.push(['reset'])
      setCookie('_cioid', '', '; max-age=0')
    },
  }
  const vendor = classic(sdk, page)
  const step = (kind: Step['kind'], more: Partial<Step> = {}) =>
    vendor[kind]({ kind, n: 0, properties: {}, types: {}, ...more })
  const identify = (id: string | null, properties = {}, more: Partial<Step> = {}) =>
    step('identify', { id, properties, ...more })
  return { calls, vendor, step, identify }
}

describe('read', () => {
  test('answers what the cookies hold, and nothing of others', () => {
    const { vendor } = open()
    setCookie('my_cioid', 'other')
    expect(vendor.read()).toEqual({ id: null, anonymousId: null })
    setCookie('_cioid', encodeURIComponent('cust 1; é'))
    setCookie('_cioanonid', 'device')
    expect(vendor.read()).toEqual({ id: 'cust 1; é', anonymousId: 'device' })
  })

  test('a value that is not encoded is taken as it is', () => {
    const { vendor } = open()
    setCookie('_cioid', '100%')
    expect(vendor.read().id).toBe('100%')
  })

  test('an e-mail address is the id only if it was given as one on this page', () => {
    const { vendor, identify } = open()
    identify(null, { email: 'ada@example.com' })
    expect(vendor.read().id).toBeUndefined()
    identify('ada@example.com')
    expect(vendor.read().id).toBe('ada@example.com')
    expect(open().vendor.read().id).toBeUndefined()
  })
})

describe('identify', () => {
  test('the id and the traits are one object, in which no trait takes the place of the id', () => {
    const { calls, identify } = open()
    identify('cust_1', { id: 'trait', first_name: 'Ada' })
    expect(calls).toEqual([['identify', { id: 'cust_1', first_name: 'Ada' }]])
  })

  test('ONCE: the same person is told again only with news', () => {
    const { calls, identify } = open()
    const traits = { email: 'ada@example.com', tags: ['a'] }
    identify('cust_1', traits)
    identify('cust_1')
    identify('cust_1', { tags: ['a'] })
    expect(calls).toHaveLength(1)
    identify('cust_1', { ...traits, tags: ['b'] })
    identify('cust_1', { tags: ['a'] })
    identify('cust_1', { plan: 'pro' })
    expect(calls.slice(1).map(([, person]) => person)).toEqual([
      { id: 'cust_1', ...traits, tags: ['b'] },
      { id: 'cust_1', tags: ['a'] },
      { id: 'cust_1', plan: 'pro' },
    ])
  })

  test('ONCE: also on the next page, of which only the cookie and check sums are left', () => {
    open().identify('cust_1', { email: 'ada@example.com' })
    expect(JSON.stringify(sessionStorage)).not.toContain('ada')
    const { calls, identify } = open()
    identify('cust_1', { email: 'ada@example.com' })
    expect(calls).toEqual([])
    identify('cust_1', { email: 'ada@example.org' })
    expect(calls).toHaveLength(1)
  })

  test('what was sent of one person is not known of another', () => {
    const { calls, identify, step } = open()
    identify('cust_1', { plan: 'pro' })
    step('reset')
    identify('cust_2', { plan: 'pro' })
    step('reset')
    identify('cust_1')
    identify('cust_1', { plan: 'pro' })
    expect(calls.filter(([method]) => method === 'identify')).toHaveLength(4)
  })

  test('nor when the page itself identified the other', () => {
    const { calls, identify } = open()
    identify('cust_1', { plan: 'pro' })
    setCookie('_cioid', 'cust_2')
    identify('cust_2', { plan: 'pro' })
    expect(calls.at(-1)).toEqual(['identify', { id: 'cust_2', plan: 'pro' }])
  })

  test('of somebody else nothing is kept', () => {
    const { identify } = open()
    identify('cust_1', { plan: 'pro' })
    identify('cust_2', { city: 'Rome' })
    expect(JSON.stringify(sessionStorage)).not.toContain('plan')
  })

  test.each([
    [
      'is denied',
      () => {
        throw new Error('denied')
      },
    ],
    [
      'is full',
      () => ({
        setItem: () => {
          throw new Error('full')
        },
      }),
    ],
    ['holds something else', () => ({ retention_bridge_cio: 'null', setItem: () => {} })],
  ])('ONCE: on one page also where storage %s', (_, storage) => {
    const page = {
      document,
      get sessionStorage() {
        return storage() as unknown as Storage
      },
    }
    const { calls, identify } = open(page)
    identify('cust_1', { plan: 'pro' })
    identify('cust_1', { plan: 'pro' })
    expect(calls).toHaveLength(1)
  })

  test('owed: said although the cookie knows', () => {
    open().identify('cust_1', { plan: 'pro' })
    const { calls, identify } = open()
    identify('cust_1', { plan: 'pro' }, { owed: true })
    expect(calls).toEqual([['identify', { id: 'cust_1', plan: 'pro' }]])
  })

  test('told: another tab wrote the cookies of all', () => {
    const { calls, identify, step } = open()
    setCookie('_cioid', 'cust_1')
    identify('cust_1', { plan: 'pro' }, { told: true })
    step('reset', { told: true })
    expect(calls).toEqual([])
  })

  test('somebody else: resets first', () => {
    const { calls, identify } = open()
    identify('cust_1')
    identify('cust_2')
    expect(calls.map(([method]) => method)).toEqual(['identify', 'reset', 'identify'])
  })

  test('cut: resets first although nobody is known', () => {
    const { calls, identify } = open()
    identify('cust_1', {}, { cut: true })
    expect(calls.map(([method]) => method)).toEqual(['reset', 'identify'])
  })

  test('a guest is known by the address, and turns out to be somebody without a reset', () => {
    const { calls, identify } = open()
    identify(null, { email: 'ada@example.com' })
    identify('cust_1', { email: 'ada@example.com' })
    expect(calls).toEqual([
      ['identify', { id: 'ada@example.com', email: 'ada@example.com' }],
      ['identify', { id: 'cust_1', email: 'ada@example.com' }],
    ])
  })

  test.each([
    ['another guest', null, { email: 'bob@example.com' }],
    ['somebody whose address is another', 'cust_1', { email: 'bob@example.com' }],
    ['somebody whose address is not known', 'cust_1', {}],
  ])('after a guest comes %s: resets first', (_, id, properties) => {
    const { calls, identify } = open()
    identify(null, { email: 'ada@example.com' })
    identify(id, properties)
    expect(calls.map(([method]) => method)).toEqual(['identify', 'reset', 'identify'])
  })
})

test('reset: only when somebody is known, so that an anonymous visitor stays the same', () => {
  const { calls, identify, step } = open()
  step('reset')
  expect(calls).toEqual([])
  identify(null, { email: 'ada@example.com' })
  step('reset')
  expect(calls.at(-1)).toEqual(['reset'])
})

test('events are carried, flags are not', () => {
  const { calls, step } = open()
  step('update', { properties: { vip: true } })
  step('track', { name: 'bought', properties: { price: 3 } })
  expect(calls).toEqual([['track', 'bought', { price: 3 }]])
})
