import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sendToCustomerIo } from '../../pixel/customerio.ts'
import { readSettings } from '../../pixel/settings.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A server that answers this; returns the requests it was sent. */
const server = (answer: () => Promise<{ status: number }>) => {
  const requests: [url: string, init: RequestInit][] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    requests.push([url, init])
    return answer()
  })
  return requests
}
const message = { type: 'track', event: 'order_completed', messageId: 'rb-1', timestamp: '' } as const
const minute = () => vi.advanceTimersByTimeAsync(60_000)

test.each([
  [undefined, 'https://cdp.customer.io/v1/t'],
  ['us', 'https://cdp.customer.io/v1/t'],
  ['eu', 'https://cdp-eu.customer.io/v1/t'],
  ['mars', 'https://cdp.customer.io/v1/t'],
] as const)('region %s', async (region, url) => {
  const requests = server(async () => ({ status: 200 }))
  sendToCustomerIo(readSettings({ writeKey: ' key ', region: region as 'us' }), message, () => true)
  await minute()
  expect(requests.map(([to]) => to)).toEqual([url])
  // What a browser sends across origins without asking first, and past the end of the page.
  const [, { headers, keepalive, body }] = requests[0] as (typeof requests)[0]
  expect([headers, keepalive]).toEqual([{ 'Content-Type': 'text/plain' }, true])
  expect(JSON.parse(body as string)).toMatchObject({
    writeKey: 'key',
    messageId: 'rb-1',
    event: 'order_completed',
  })
})

test.each([
  ['a network that fails', () => Promise.reject(new TypeError())],
  ['a server that fails', async () => ({ status: 503 })],
  ['too many requests', async () => ({ status: 429 })],
])('%s: three attempts with the same message id', async (_what, answer) => {
  const requests = server(answer)
  sendToCustomerIo(readSettings({ writeKey: 'key' }), message, () => true)
  await minute()
  expect(requests.map(([, { body }]) => JSON.parse(body as string).messageId)).toEqual([
    'rb-1',
    'rb-1',
    'rb-1',
  ])
})

test('a refused message is not sent again, and none after a no', async () => {
  const refusing = server(async () => ({ status: 400 }))
  sendToCustomerIo(readSettings({ writeKey: 'key' }), message, () => true)
  await minute()
  expect(refusing).toHaveLength(1)
  const failing = server(async () => ({ status: 500 }))
  sendToCustomerIo(readSettings({ writeKey: 'key' }), message, () => false)
  await minute()
  expect(failing).toHaveLength(1)
})
