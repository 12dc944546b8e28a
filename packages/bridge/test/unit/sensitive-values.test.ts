import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBridge, defineFlags } from '../../src/index.ts'
import { leavePage } from './page.ts'
import { vendors } from './ready-vendors.ts'

const warned = vi.fn()
beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockImplementation(warned)
})
afterEach(() => {
  leavePage()
  vi.useRealTimers()
  vi.restoreAllMocks()
  warned.mockReset()
})

const flags = defineFlags({
  variant: { type: 'str' },
  orders: { type: 'int' },
  labels: { type: 'strs' },
  phone_known: { type: 'bool' },
  work_phone: { type: 'str', sensitive: 'allow' },
})
const start = (consent: 'granted' | 'pending') => {
  const { received, customerio, fullstory } = vendors()
  const events: [string, unknown][] = []
  const listening = (operation: string, options?: unknown) => {
    const { name, properties } = (options ?? {}) as { name: string; properties: unknown }
    if (operation === 'trackEvent') events.push([name, properties])
    return fullstory(operation, options)
  }
  const bridge = createBridge({
    flags,
    customerio,
    fullstory: listening as never,
    consent,
    allowSensitive: ['receipt_to'],
  })
  return { bridge, received, events, settled: () => vi.advanceTimersByTimeAsync(100) }
}
const say = ({ bridge }: ReturnType<typeof start>) => {
  bridge.setFlags({
    variant: 'ada@example.com',
    orders: 4111111111111111,
    labels: ['a', 'DE89 3704 0044 0532 0130 00'],
    phone_known: true,
    work_phone: 'ada@example.com',
  })
  bridge.track('order_seen', {
    note: { text: 'for ada@example.com' },
    cart: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNry',
    receipt_to: 'ada@example.com',
    total: 12,
  })
}

test.each(['granted', 'pending'] as const)(
  'personal data in flags and events never leaves: said while consent is %s',
  async consent => {
    const page = start(consent)
    say(page)
    await page.settled()
    page.bridge.setConsent('granted')
    await page.settled()
    expect(page.received.flags).toEqual({ work_phone: 'ada@example.com' })
    expect(page.events).toEqual([['order_seen', { receipt_to: 'ada@example.com', total: 12 }]])
    expect(Object.keys(page.bridge.status().flags)).toEqual(['work_phone'])
    const fields = page.bridge.status().warnings.map(({ code, field }) => `${code} ${field}`)
    expect(fields).toEqual(
      expect.arrayContaining([
        'flag-sensitive flags.phone_known',
        'flag-value variant',
        'flag-value orders',
        'flag-value labels',
        'flag-value phone_known',
        'field track.order_seen',
      ]),
    )
    expect(JSON.stringify([warned.mock.calls, page.bridge.status().warnings])).not.toMatch(
      /ada@|4111|DE89|eyJ/,
    )
  },
)

test('the last good value stays', async () => {
  const { bridge, received, settled } = start('granted')
  bridge.setFlags({ variant: 'b' })
  await settled()
  bridge.setFlags({ variant: 'ada@example.com' })
  await settled()
  expect(received.flags).toEqual({ variant: 'b' })
  expect(bridge.status().flags.variant?.value).toBe('b')
})

test('traits are for personal data', async () => {
  const { bridge, settled } = start('granted')
  bridge.identify('A', { traits: { email: 'ada@example.com' } })
  await settled()
  expect(bridge.status().warnings.filter(({ code }) => code === 'field')).toEqual([])
})
