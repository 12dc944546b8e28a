import { exampleCheckout, privacyOf } from '@retention-bridge/sandbox'
import { AlertDisplayedType } from '@shopify/web-pixels-extension'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CARRY_KEY } from '../../pixel/carry-record.ts'
import type { PixelSettings } from '../../pixel/settings.ts'
import { type PixelApi, startPixel } from '../../pixel/start-pixel.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

type Sent = { type: string; anonymousId?: string; userId?: string; event?: string; traits?: object }

/** A pixel in a shop with this storage; `answer` is how the shop's page answers. */
const open = ({
  stored = {},
  cookies = {},
  settings = {},
  customer = null,
  answer = async value => value,
}: {
  stored?: Record<string, string>
  cookies?: Record<string, string>
  settings?: Partial<PixelSettings>
  customer?: { id: string } | null
  answer?: <T>(value: T) => Promise<T>
} = {}) => {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body))
    return { status: 200 }
  })
  const subscribers = new Map<string, (event: unknown) => void>()
  const api = {
    analytics: { subscribe: (name: string, callback: () => void) => subscribers.set(name, callback) },
    browser: {
      cookie: { get: (name: string) => answer(cookies[name] ?? '') },
      localStorage: {
        getItem: (key: string) => answer(stored[key] ?? null),
        setItem: (key: string, value: string) => {
          stored[key] = value
          return answer(undefined)
        },
      },
    },
    init: { customerPrivacy: privacyOf(true), data: { customer } },
    customerPrivacy: { subscribe: () => {} },
  } as unknown as PixelApi
  startPixel(api, { writeKey: 'key', ...settings })
  let events = 0
  return {
    sent,
    stored,
    subscribers,
    /** Publishes an event; everything it leads to is done. */
    publish: async (name: string, data: object = { checkout: exampleCheckout() }) => {
      events++
      const timestamp = new Date().toISOString()
      subscribers.get(name)?.({ id: `sh-${events}`, name, data, timestamp })
      await vi.advanceTimersByTimeAsync(5000)
    },
  }
}
const refusal = { alert: { type: AlertDisplayedType.PaymentError, message: '', target: '', value: null } }
const who = ({ anonymousId, userId }: Sent) => [anonymousId, userId]
const names = (sent: Sent[]) => sent.map(({ type, event }) => event ?? type)

test.each([
  ['of its storage', { ajs_anonymous_id: '"stored"' }, { ajs_anonymous_id: 'cookie' }, ['stored', undefined]],
  ['of its cookie', {}, { ajs_anonymous_id: 'a%2Fb', ajs_user_id: '1042' }, ['a/b', '1042']],
  ['that it has given up', { ajs_anonymous_id: '"stored"', ajs_user_id: 'null' }, {}, ['stored', undefined]],
  ['that is a number', { ajs_anonymous_id: '"stored"', ajs_user_id: '1042' }, {}, ['stored', '1042']],
  ['that is too long', { ajs_anonymous_id: '"s"', ajs_user_id: 'x'.repeat(151) }, {}, ['s', undefined]],
])("goes on with the SDK's id %s", async (_what, stored, cookies, expected) => {
  const { sent, publish } = open({ stored, cookies })
  await publish('checkout_started')
  expect(sent.map(who)).toEqual([expected])
})

test('where the page does not answer, moments go out together and nothing is overwritten', async () => {
  const stored = { ajs_anonymous_id: '"stored"' }
  const { sent, publish } = open({ stored, answer: () => new Promise(() => {}) })
  await publish('checkout_started')
  await publish('checkout_completed')
  expect(sent.map(who)).toEqual(Array(3).fill(['sh-1', undefined]))
  expect(stored.ajs_anonymous_id).toBe('"stored"')
})

test('where storage is denied, moments still belong together', async () => {
  const { sent, publish } = open({ answer: () => Promise.reject(new Error('denied')) })
  await publish('checkout_started')
  await publish('checkout_shipping_info_submitted')
  expect(new Set(sent.map(({ anonymousId }) => anonymousId))).toEqual(new Set(['sh-1']))
})

test("Customer.io's own id of an e-mail link may be the customer's", async () => {
  const { sent, publish } = open({
    stored: { ajs_anonymous_id: '"stored"', ajs_user_id: '"cio_0300"' },
    customer: { id: '1042' },
  })
  await publish('checkout_started')
  expect(sent.map(who)).toEqual([['stored', 'cio_0300']])
})

test('with an ID of their own, stores keep the login of Shopify out of it', async () => {
  const { sent, publish } = open({ customer: { id: '1042' }, settings: { customerIds: false, guest: false } })
  await publish('checkout_contact_info_submitted')
  expect(sent.map(who)).toEqual([['sh-1', undefined]])
  expect(names(sent)).toEqual(['checkout_step'])
})

test('a guest is identified once, by the address alone', async () => {
  const { sent, publish } = open()
  await publish('checkout_contact_info_submitted')
  await publish('checkout_shipping_info_submitted')
  expect(names(sent)).toEqual(['identify', 'checkout_step', 'checkout_step'])
  expect(sent[0]?.traits).toEqual({ email: 'ada@example.com' })
})

test('alerts of one refusal are one, those of the next are another', async () => {
  const { sent, subscribers, publish } = open()
  const alert = (at: number) =>
    subscribers.get('alert_displayed')?.({
      id: `sh-${at}`,
      name: 'alert_displayed',
      data: refusal,
      timestamp: new Date(NOW + at).toISOString(),
    })
  alert(0)
  alert(999)
  alert(1000)
  await publish('checkout_started')
  expect(names(sent)).toEqual(['payment_failed', 'payment_failed', 'checkout_started'])
})

test('other names; what has none is not sent, and still a state', async () => {
  const settings = { names: { order_completed: 'Order Completed', checkout_started: false } } as const
  const { sent, stored, publish } = open({ settings })
  await publish('checkout_started')
  expect(sent).toEqual([])
  expect(JSON.parse(stored[CARRY_KEY] as string)).toMatchObject({
    flags: { checkout_state: 'started' },
    events: [],
  })
  await publish('checkout_completed')
  expect(names(sent)).toEqual(['identify', 'Order Completed'])
  expect(JSON.parse(stored[CARRY_KEY] as string).events).toMatchObject([{ name: 'Order Completed' }])
})

test('without a write key it says so and does nothing; where no pixel runs it is quiet', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  expect(open({ settings: { writeKey: ' ' } }).subscribers.size).toBe(0)
  expect(warn).toHaveBeenCalledTimes(1)
  expect(() => startPixel({} as PixelApi, { writeKey: 'key' })).not.toThrow()
})
