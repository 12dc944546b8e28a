import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBridge } from '../../src/index.ts'
import { leavePage } from './page.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

/** Customer.io's SDK as far as it decides who an event is of. */
const customerio = () => {
  let id: string | null = null
  const received: [id: string | null, event: string][] = []
  return {
    received,
    sdk: {
      user: () => ({ id: () => id, anonymousId: () => 'anonymous', traits: () => ({}) }),
      identify: async (next: string) => {
        id = next
      },
      track: async (name: string) => {
        received.push([id, name])
      },
      reset: () => {
        id = null
      },
      setAnonymousId: () => {},
      on: () => {},
      ready: (callback: () => void) => Promise.resolve(callback()),
    },
  }
}

const start = (consent: 'granted' | 'pending') => {
  const { sdk, received } = customerio()
  const bridge = createBridge({
    flags: { vip: { type: 'bool' } },
    customerio: sdk,
    fullstory: false,
    consent,
  })
  const ids = () => [bridge.status().identity.id, bridge.status().vendors.customerio.id]
  return { bridge, received, ids, settled: () => vi.advanceTimersByTimeAsync(100) }
}

describe('pending', () => {
  test('is held in memory, and sent in order when it is granted', async () => {
    const { bridge, received, settled } = start('pending')
    bridge.track('before')
    bridge.identify('A')
    bridge.track('after')
    await settled()
    expect(received).toEqual([])
    bridge.setConsent('granted')
    await settled()
    expect(received).toEqual([
      [null, 'before'],
      ['A', 'after'],
    ])
  })

  test('is discarded when it is denied, and never replayed', async () => {
    const { bridge, received, settled } = start('pending')
    bridge.track('before')
    bridge.setConsent('denied')
    bridge.track('while denied')
    bridge.setConsent('granted')
    bridge.track('after')
    await settled()
    expect(received).toEqual([[null, 'after']])
  })
})

describe('not given yet', () => {
  test('a logout is one of the person whom an earlier page knew (NO-LEAK)', async () => {
    const earlier = start('granted')
    earlier.bridge.identify('A')
    await earlier.settled()
    leavePage()
    const { bridge, received, ids, settled } = start('pending')
    bridge.logout()
    bridge.track('whose?')
    bridge.setConsent('granted')
    await settled()
    expect(received).toEqual([[null, 'whose?']])
    expect(ids()).toEqual([null, null])
  })
})

describe('withdrawn', () => {
  test('stops in the same task, and goes on with the same person when it is given again (ONE-ID)', async () => {
    const { bridge, received, ids, settled } = start('granted')
    bridge.identify('A')
    await settled()
    bridge.track('held')
    bridge.setConsent('denied')
    bridge.track('while denied')
    expect((await bridge.identify('B')).outcome).toBe('refused')
    await settled()
    expect(received).toEqual([])
    bridge.setConsent('granted')
    await settled()
    expect(ids()).toEqual(['A', 'A'])
    bridge.track('after')
    await settled()
    expect(received).toEqual([['A', 'after']])
  })

  test('with a login or logout that was still held: nobody is known until the next one (NO-LEAK)', async () => {
    for (const last of ['identify', 'logout'] as const) {
      leavePage()
      const { bridge, received, ids, settled } = start('granted')
      bridge.identify('A')
      await settled()
      if (last === 'identify') bridge.identify('B')
      else bridge.logout()
      bridge.setConsent('denied')
      bridge.setConsent('granted')
      bridge.track('whose?')
      await settled()
      bridge.identify('C')
      bridge.track('of C')
      await settled()
      expect(received).toEqual([
        [null, 'whose?'],
        ['C', 'of C'],
      ])
      expect(ids()).toEqual(['C', 'C'])
    }
  })

  test('a logout while it is withdrawn is no less a logout (NO-LEAK)', async () => {
    const { bridge, received, settled } = start('granted')
    bridge.identify('A')
    await settled()
    bridge.setConsent('denied')
    bridge.logout()
    bridge.setConsent('granted')
    bridge.track('whose?')
    await settled()
    expect(received).toEqual([[null, 'whose?']])
  })
})
