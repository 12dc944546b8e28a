import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createBridge } from '../../../src/index.ts'
import { leavePage } from '../page.ts'
import { vendors } from '../ready-vendors.ts'

// One clock for all: FullStory's limits are the page's.
beforeAll(() => {
  vi.useFakeTimers()
})
afterEach(leavePage)
afterAll(() => {
  vi.useRealTimers()
})

type Told = [name: string, url: unknown]

/** A FullStory that has the session `url` when it is asked, and a Customer.io that keeps what it was told. */
const start = (url: string | null | undefined, replayLinks?: unknown) => {
  const { customerio, fullstory } = vendors()
  const session = { url }
  const told: Told[] = []
  const events: unknown[] = []
  const bridge = createBridge({
    flags: { vip_tier: { type: 'str' } },
    customerio: {
      ...customerio,
      track: (name: string, properties: Record<string, unknown>) => {
        told.push([name, properties.fullstory_session_url])
        return Promise.resolve()
      },
    } as never,
    fullstory: (operation: string, options?: unknown) => {
      if (operation === 'getSession') return session.url
      if (operation === 'trackEvent') events.push((options as { properties: object }).properties)
      return fullstory(operation, options)
    },
    replayLinks: replayLinks as RegExp,
  })
  return { bridge, session, told, fullstory: events, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

test('what has a reason to be looked for carries the link of the moment it leaves', async () => {
  const { bridge, session, told, fullstory, pass } = start('https://fs/1')
  bridge.track('payment_failed', { decline: 'card' })
  bridge.track('product_viewed')
  await pass(200)
  session.url = 'https://fs/2'
  bridge.track('checkout_abandoned')
  bridge.track('friction_detected', { fullstory_session_url: 'https://fs/page' })
  await pass(200)
  expect(told).toEqual([
    ['payment_failed', 'https://fs/1'],
    ['product_viewed', undefined],
    ['checkout_abandoned', 'https://fs/2'],
    ['friction_detected', 'https://fs/page'],
  ])
  // FullStory knows where it is.
  expect(fullstory.slice(0, 3)).toEqual([{ decline: 'card' }, {}, {}])
})

test.each<[given: unknown, linked: string[]]>([
  [undefined, ['payment_failed']],
  [/^order_/, ['order_completed']],
  ['^(order|payment)_', ['payment_failed', 'order_completed']],
  [false, []],
  // Not a regular expression: the default.
  ['(', ['payment_failed']],
  [true, ['payment_failed']],
])('replayLinks: %s', async (given, linked) => {
  const { bridge, told, pass } = start('https://fs/1', given)
  bridge.track('payment_failed')
  bridge.track('order_completed')
  await pass(200)
  expect(told).toHaveLength(2)
  expect(told.filter(([, url]) => url).map(([name]) => name)).toEqual(linked)
})

/** Customer.io is ready, FullStory never is. */
const withoutFullStory = async () => {
  const { customerio } = vendors()
  const told: string[] = []
  const bridge = createBridge({
    flags: {},
    customerio: { ...customerio, track: async (name: string) => told.push(name) } as never,
    fullstory: () => undefined,
  })
  await vi.advanceTimersByTimeAsync(50)
  return { bridge, told }
}

test('a FullStory that never comes holds an event up for a second, once (HARMLESS)', async () => {
  const { bridge, told } = await withoutFullStory()
  bridge.track('product_viewed')
  bridge.track('payment_failed')
  bridge.track('cart_viewed')
  bridge.track('checkout_abandoned')
  await vi.advanceTimersByTimeAsync(900)
  expect(told).toEqual(['product_viewed'])
  await vi.advanceTimersByTimeAsync(200)
  expect(told).toEqual(['product_viewed', 'payment_failed', 'cart_viewed', 'checkout_abandoned'])
  bridge.track('payment_failed')
  await vi.advanceTimersByTimeAsync(10)
  expect(told).toHaveLength(5)
})

test('whoever comes next, or leaves the page, is not kept waiting', async () => {
  for (const hurry of [
    (bridge: ReturnType<typeof createBridge>) => bridge.identify('B'),
    () => dispatchEvent(new Event('pagehide')),
  ]) {
    const { bridge, told } = await withoutFullStory()
    bridge.track('payment_failed')
    await vi.advanceTimersByTimeAsync(50)
    expect(told).toEqual([])
    hurry(bridge as never)
    await vi.advanceTimersByTimeAsync(10)
    expect(told).toEqual(['payment_failed'])
    leavePage()
  }
})

test('events keep their order, however FullStory comes and goes (ORDER)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('payment_failed', 'product_viewed', 'checkout_abandoned', 'wait'), {
        maxLength: 30,
      }),
      fc.nat(4000),
      async (says, after) => {
        const { customerio, fullstory } = vendors()
        const told: string[] = []
        let begin: (() => void) | undefined
        const bridge = createBridge({
          flags: {},
          customerio: { ...customerio, track: async (name: string) => told.push(name) } as never,
          fullstory: (operation: string, options?: unknown) => {
            if (operation === 'observe') {
              const { type, callback } = options as { type: string; callback: () => void }
              if (type === 'start') begin = callback
            } else if (operation === 'getSession') return 'https://fs/1'
            else return fullstory(operation, options)
          },
        })
        await vi.advanceTimersByTimeAsync(50)
        setTimeout(() => begin?.(), after)
        const said: string[] = []
        for (const name of says)
          if (name === 'wait') await vi.advanceTimersByTimeAsync(400)
          else {
            said.push(name)
            bridge.track(name)
          }
        await vi.advanceTimersByTimeAsync(2200)
        expect(told).toEqual(said)
        leavePage()
      },
    ),
    { numRuns: 60 },
  )
})
