import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GistApi, gist } from '../../../src/customerio/gist.ts'
import type { Step } from '../../../src/delivery/vendor.ts'

beforeEach(() => localStorage.clear())
afterEach(() => localStorage.clear())

const store = (name: string, value: unknown, expiry = new Date(Date.now() + 60_000)) =>
  localStorage.setItem(`gist.web.${name}`, JSON.stringify({ value, expiry }))

/** Keeps a token where and how the published file does, and nothing else of it. */
const open = (more: Partial<GistApi> = {}) => {
  const calls: unknown[][] = []
  const sdk: GistApi = {
    initialized: true,
    async setUserToken(token: string) {
      calls.push(['setUserToken', token])
      store('userToken', token)
      localStorage.removeItem('gist.web.usingGuestUserToken')
    },
    async clearUserToken() {
      calls.push(['clearUserToken'])
      localStorage.removeItem('gist.web.userToken')
    },
    clearCustomAttributes: () => calls.push(['clearCustomAttributes']),
    ...more,
  }
  const vendor = gist(sdk, window)
  const step = (kind: Step['kind'], more: Partial<Step> = {}) =>
    vendor[kind]({ kind, n: 0, properties: {}, types: {}, ...more })
  const identify = (id: string | null, more: Partial<Step> = {}) => step('identify', { id, ...more })
  return { calls, vendor, step, identify }
}

describe('read', () => {
  test('answers the token that Gist keeps', async () => {
    const { vendor, identify } = open()
    expect(vendor.read().id).toBeNull()
    await identify('cust_1')
    expect(vendor.read().id).toBe('cust_1')
  })

  test('a token that has run out is none', () => {
    store('userToken', 'cust_1', new Date(Date.now() - 1))
    expect(open().vendor.read().id).toBeNull()
  })

  test('a guest session is anonymous', () => {
    store('userToken', 'b3f1')
    store('usingGuestUserToken', true)
    expect(open().vendor.read().id).toBeNull()
  })

  test('cannot be asked in a preview session, or where what is stored is damaged', () => {
    store('userToken', 'cust_1')
    expect(open({ config: { isPreviewSession: true } }).vendor.read().id).toBeUndefined()
    localStorage.setItem('gist.web.userToken', '{')
    expect(open().vendor.read().id).toBeUndefined()
  })

  test('cannot be asked where storage is denied, and still takes a token', async () => {
    const told: string[] = []
    const sdk = { setUserToken: (token: string) => told.push(token), clearUserToken: () => {} }
    const page = {
      location,
      get localStorage(): Storage {
        throw new Error('denied')
      },
    }
    const vendor = gist(sdk, page)
    expect(vendor.read()).toEqual({})
    await vendor.identify({ kind: 'identify', n: 0, id: 'cust_1', properties: {}, types: {} })
    expect(told).toEqual(['cust_1'])
  })
})

describe('identify and reset', () => {
  test('ONCE: the same token is set again only when it is owed, or was set by another tab', async () => {
    const { calls, identify } = open()
    await identify('cust_1')
    await identify('cust_1')
    expect(calls).toEqual([['setUserToken', 'cust_1']])
    await identify('cust_1', { owed: true })
    await identify('cust_1', { told: true })
    expect(calls).toEqual(Array(3).fill(['setUserToken', 'cust_1']))
  })

  test('NO-LEAK: what the page told Gist of a person leaves with the token', async () => {
    const { calls, identify, step } = open()
    await identify('cust_1')
    await identify('cust_2')
    await step('reset')
    expect(calls.slice(1)).toEqual([
      ['clearCustomAttributes'],
      ['setUserToken', 'cust_2'],
      ['clearCustomAttributes'],
      ['clearUserToken'],
    ])
  })

  test('a guest’s address is no token, and takes away that of somebody else', async () => {
    const { calls, identify } = open()
    await identify(null, { properties: { email: 'ada@example.com' } })
    expect(calls).toEqual([])
    await identify('cust_1')
    await identify(null, { properties: { email: 'ada@example.com' }, cut: true })
    expect(calls.at(-1)).toEqual(['clearUserToken'])
  })

  test('an anonymous visitor is not reset, unless another tab was', async () => {
    const { calls, step } = open()
    await step('reset')
    expect(calls).toEqual([])
    await step('reset', { told: true })
    expect(calls).toEqual([['clearUserToken']])
  })

  test('an older Gist without custom attributes', async () => {
    const { calls, identify, step } = open({ clearCustomAttributes: undefined })
    await identify('cust_1')
    await step('reset')
    expect(calls.at(-1)).toEqual(['clearUserToken'])
  })

  test('what goes wrong in Gist is a rejection, not an exception', async () => {
    const { identify } = open({
      setUserToken() {
        throw new Error('broken')
      },
    })
    await expect(identify('cust_1')).rejects.toThrow('broken')
  })
})

test('events and flags have no way', () => {
  const { calls, step } = open()
  step('track', { name: 'bought' })
  step('update', { properties: { vip: true } })
  expect(calls).toEqual([])
})
