import { describe, expect, test, vi } from 'vitest'
import type { Step } from '../../../src/delivery/vendor.ts'
import { attach, fullStory, observe } from '../../../src/fullstory/v2.ts'

const SOURCE = 'retention-bridge'

/** FullStory's function, which keeps what it was called with and knows the uid it was given. */
const open = (config: () => unknown = () => ({})) => {
  const calls: unknown[][] = []
  const fs = (operation: string, options?: unknown, source?: string) => {
    if (operation === 'getConfig') return config()
    calls.push([operation, options, source])
  }
  const vendor = fullStory('v2', fs)
  const step = (kind: Step['kind'], more: Partial<Step> = {}) =>
    vendor[kind]({ kind, n: 1, properties: {}, types: {}, ...more })
  return { calls, vendor, step }
}

test('what rejects each call is told to nobody', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const fs = () => Promise.reject(new Error('broken'))
  const vendor = fullStory('v2', fs)
  observe(fs as never, vendor, () => {})
  vendor.track({ kind: 'track', n: 1, name: 'viewed', properties: {}, types: {} })
  await new Promise(resolve => setImmediate(resolve))
  expect(unhandled).not.toHaveBeenCalled()
  process.off('unhandledRejection', unhandled)
})

describe('who it is', () => {
  test('is told by id only: traits and addresses are Customer.io’s (NO-LEAK)', () => {
    const { calls, step } = open()
    step('identify', { id: 'A', properties: { email: 'ada@example.com' } })
    expect(calls).toEqual([['setIdentity', { uid: 'A' }, SOURCE]])
  })

  test('is told once on each page, also of nobody (ONCE)', () => {
    let uid: string | undefined
    const { calls, step } = open(() => ({ user: { uid } }))
    step('reset', { id: null })
    step('reset', { id: null })
    expect(calls).toEqual([['setIdentity', { anonymous: true }, SOURCE]])
    uid = 'A'
    step('identify', { id: 'A' })
    step('identify', { id: 'A' })
    expect(calls.slice(1)).toEqual([['setIdentity', { uid: 'A' }, SOURCE]])
  })

  test('is told again when somebody else has changed it since', () => {
    let uid = 'A'
    const { calls, step } = open(() => ({ user: { uid } }))
    step('identify', { id: 'A' })
    uid = 'E'
    step('identify', { id: 'A' })
    expect(calls).toHaveLength(2)
  })

  test('is read from what FullStory holds, and is not known while that cannot be asked', () => {
    expect(open(() => ({ user: { uid: 'A' } })).vendor.read().id).toBe('A')
    expect(open(() => ({})).vendor.read().id).toBeNull()
    expect(open(() => undefined).vendor.read().id).toBeUndefined()
  })
})

test('flags and events take their types along', () => {
  const { calls, step } = open()
  step('update', { properties: { vip: true }, types: { vip: 'bool' } })
  step('track', { name: 'bought', properties: { price: 3 }, types: {} })
  expect(calls).toEqual([
    [
      'setProperties',
      { type: 'user', properties: { vip: true }, schema: { properties: { vip: 'bool' } } },
      SOURCE,
    ],
    ['trackEvent', { name: 'bought', properties: { price: 3 }, schema: { properties: {} } }, SOURCE],
  ])
})

describe('whether it takes calls', () => {
  /** What is observed, by type; `loaded` is what the session is asked for with. */
  const watch = (loaded: Promise<unknown> = Promise.resolve('')) => {
    const listeners: Record<string, (event?: object) => void> = {}
    const turn = vi.fn()
    const fs = (operation: string, options?: unknown) => {
      const { type, callback } = options as { type: string; callback: () => void }
      if (operation === 'observe') listeners[type] = callback
      return operation === 'getSessionAsync' ? loaded : undefined
    }
    const { vendor } = open()
    observe(fs, vendor, turn)
    return { turn, vendor, listeners }
  }

  test('is told at every start', () => {
    const { turn, vendor, listeners } = watch()
    listeners.start?.()
    listeners.start?.()
    expect(turn.mock.calls).toEqual(Array(2).fill(['ready', '', vendor]))
  })

  test.each<[reason: number, state: string[]]>([
    [5, ['disabled']],
    [1, ['paused']],
    // The page is being left, and FullStory still sends.
    [7, []],
  ])('after a shutdown for reason %d', (reason, states) => {
    const { turn, listeners } = watch()
    listeners.shutdown?.({ reason })
    expect(turn.mock.calls).toEqual(states.map(state => [state]))
  })

  test.each([
    ['Error loading script', 'blocked'],
    ['capture is disabled', 'disabled'],
    ['shut down', 'paused'],
  ])('when the session is refused with %j', async (message, state) => {
    const { turn } = watch(Promise.reject(new Error(message)))
    await vi.waitFor(() => expect(turn.mock.calls).toEqual([[state, message]]))
  })

  test('cannot be told of what is not initialized yet, which is tried again', () => {
    const fail = () => {
      throw new Error('FullStory is not loaded, please ensure the init function is invoked')
    }
    expect(() =>
      attach(
        fail,
        () => {},
        () => {},
        window as never,
      ),
    ).toThrow()
  })
})
