import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FrictionKind, frictionKinds, watchFriction } from '../../../src/friction/index.ts'
import { HOSTILE } from '../hostile.ts'
import { leavePage } from '../page.ts'
import { clickOn, put, start } from './stage.ts'

beforeEach(() => {
  vi.useFakeTimers()
  history.replaceState(null, '', '/checkout/payment')
})
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

const BUTTON = '<button class="buy">Buy</button>'
const hammer = async (pass: (time: number) => Promise<unknown>, button: Element, times = 3) => {
  for (let time = 0; time < times; time++) clickOn(button)
  await pass(4000)
}

test('both vendors are told once, with kind, step, target and count', async () => {
  const { told, received, pass } = await start()
  await hammer(pass, put(BUTTON), 4)
  expect(told).toEqual([{ kind: 'rage_click', step: 'payment', target: 'button.buy', count: 4 }])
  expect(received).toMatchObject({ customerio: ['friction_detected'], fullstory: ['friction_detected'] })
})

test('outside of the checkout there is no step', async () => {
  const { told, pass } = await start({ isCheckout: url => url.pathname === '/kasse' })
  await hammer(pass, put(BUTTON))
  expect(told).toEqual([{ kind: 'rage_click', target: 'button.buy', count: 3 }])
})

test('the session’s address is the one of that moment', async () => {
  let session = 'https://app.fullstory.example/1'
  const { fullstory: sdk } = (await import('../ready-vendors.ts')).vendors()
  const fullstory = (operation: string, options?: unknown) =>
    operation === 'getSession' ? session : sdk(operation, options)
  const { told, pass } = await start({ rules: { coolDown: 1 } }, { fullstory } as never)
  await hammer(pass, put(BUTTON))
  await pass(1000)
  session = 'https://app.fullstory.example/2'
  await hammer(pass, put(BUTTON))
  expect(told.map(event => event.fullstory_session_url)).toEqual([
    'https://app.fullstory.example/1',
    'https://app.fullstory.example/2',
  ])
})

test('a kind comes once in its cool-down, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ wait: fc.integer({ min: 0, max: 40_000 }), times: fc.integer({ min: 1, max: 30 }) }),
        {
          maxLength: 8,
        },
      ),
      async turns => {
        const { bridge, pass, stop } = await start()
        const at = new Map<unknown, number[]>()
        bridge.on('delivered', ({ vendor, properties }) => {
          if (vendor === 'customerio')
            at.set(properties.kind, [...(at.get(properties.kind) ?? []), performance.now()])
        })
        for (const { wait, times } of turns) {
          await hammer(pass, put(BUTTON), times)
          await pass(wait)
        }
        for (const times of at.values())
          times.forEach((time, index) => {
            if (index) expect(time - (times[index - 1] as number)).toBeGreaterThanOrEqual(60_000)
          })
        stop()
        leavePage()
      },
    ),
    { numRuns: 10 },
  )
})

test('the flag keeps the worst kind, for as long as a session may last', async () => {
  const { bridge, pass } = await start({ flag: 'friction' })
  const flag = () => bridge.status().flags.friction
  const fail = async () => {
    bridge.track('payment_failed')
    bridge.track('payment_failed')
    await pass()
  }
  await hammer(pass, put(BUTTON))
  expect(flag()).toMatchObject({ value: 'rage_click', source: 'friction' })
  await fail()
  expect(flag()?.value).toBe('payment_failed_again')
  await pass(70_000)
  await hammer(pass, put(BUTTON))
  expect(flag()?.value).toBe('payment_failed_again')
  await pass(1_800_000)
  await hammer(pass, put(BUTTON))
  expect(flag()?.value).toBe('rage_click')
})

test('no flag is set and no warning given unless it is named', async () => {
  const { bridge, pass } = await start()
  await hammer(pass, put(BUTTON))
  expect(bridge.status()).toMatchObject({ flags: {}, warnings: [] })
})

test('only the kinds that are asked for', async () => {
  const { kinds, bridge, pass } = await start({ kinds: ['step_loop'] })
  await hammer(pass, put(BUTTON))
  for (const step of ['a', 'b', 'a', 'b', 'a']) bridge.track('checkout_step', { step })
  await pass()
  expect(kinds()).toEqual(['step_loop'])
})

test('CONSENT: without it nothing is listened to; what was done before is not judged after', async () => {
  const listened = vi.spyOn(window, 'addEventListener')
  const { bridge, kinds, pass } = await start({}, { consent: 'pending' })
  const types = () => listened.mock.calls.map(([type]) => type)
  expect(types()).not.toContain('click')
  const button = put(BUTTON)
  await hammer(pass, button)
  bridge.setConsent('granted')
  await pass(1100)
  expect(types()).toContain('click')
  await pass(5000)
  expect(kinds()).toEqual([])
  await hammer(pass, button)
  expect(kinds()).toEqual(['rage_click'])
  listened.mockRestore()
})

test('CONSENT: withdrawn in between, nothing is said, then or later', async () => {
  const { bridge, kinds, pass } = await start()
  const button = put(BUTTON)
  for (let time = 0; time < 3; time++) clickOn(button)
  bridge.setConsent('denied')
  await pass(5000)
  bridge.setConsent('granted')
  await pass(5000)
  expect(kinds()).toEqual([])
})

test('a support agent is not the visitor', async () => {
  const { bridge, kinds, pass } = await start()
  bridge.impersonate(true)
  await pass(1100)
  await hammer(pass, put(BUTTON))
  bridge.impersonate(false)
  await pass(5000)
  expect(kinds()).toEqual([])
})

test('ended, it has left no listener and no observer, and says nothing', async () => {
  const left = new Map<string, number>()
  const count = (type: string, by: number) => left.set(type, (left.get(type) ?? 0) + by)
  const add = window.addEventListener.bind(window)
  const listened = vi.spyOn(window, 'addEventListener').mockImplementation(((
    type: string,
    listener: EventListener,
    options: AddEventListenerOptions,
  ) => {
    if (options?.passive) {
      count(type, 1)
      options.signal?.addEventListener('abort', () => count(type, -1))
    }
    add(type, listener, options)
  }) as never)
  const disconnected = vi.spyOn(MutationObserver.prototype, 'disconnect')
  const { stop, kinds, pass } = await start()
  expect(left.get('click')).toBeGreaterThan(0)
  const button = put(BUTTON)
  for (let time = 0; time < 3; time++) clickOn(button)
  stop()
  expect([...left.values()].every(count => count === 0)).toBe(true)
  expect(disconnected).toHaveBeenCalled()
  await hammer(pass, button)
  expect(kinds()).toEqual([])
  listened.mockRestore()
  disconnected.mockRestore()
})

test('a bridge is watched once; after the end it may be watched again', async () => {
  const { bridge, stop, kinds, pass } = await start()
  expect(watchFriction(bridge)).toBe(stop)
  stop()
  expect(watchFriction(bridge)).not.toBe(stop)
  await pass()
  await hammer(pass, put(BUTTON))
  expect(kinds()).toEqual(['rage_click'])
})

test('the same event from both vendors counts once', async () => {
  const { bridge, kinds, pass } = await start()
  bridge.track('payment_failed')
  for (const step of ['shipping', 'payment', 'shipping']) bridge.track('checkout_step', { step })
  await pass()
  expect(kinds()).toEqual([])
})

test.each(HOSTILE)('HARMLESS: options and properties that are %s', async (_, value) => {
  const anything = value as never
  const options = { flag: anything, kinds: anything, isCheckout: anything, rules: anything }
  const { bridge, pass } = await start(options)
  bridge.track('checkout_step', { step: anything })
  bridge.track('payment_failed', { code: anything })
  bridge.track('payment_failed', anything)
  await hammer(pass, put(BUTTON))
  expect(() => watchFriction(bridge, anything)()).not.toThrow()
})

test('HARMLESS: numbers that are none are the defaults', async () => {
  const rules = { deadAfter: Number.NaN, rageClicks: -1, rageWithin: 0, coolDown: Infinity }
  const { told, pass } = await start({ rules })
  await hammer(pass, put(BUTTON), 2)
  expect(told).toMatchObject([{ kind: 'dead_click', count: 2 }])
})

test('HARMLESS: forms whose fields are named like their properties, and targets that fail', async () => {
  const { pass } = await start()
  const form = put(
    '<form><input name="elements" value="x"><input name="closest"><input name="matches"><input name="id"><button>Send</button></form>',
  )
  const button = form.querySelector('button') as HTMLButtonElement
  const names = ['matches', 'closest', 'getAttribute'] as const
  for (const name of names)
    Object.defineProperty(button, name, {
      configurable: true,
      value: () => {
        throw new Error('hostile')
      },
    })
  for (const type of ['click', 'submit', 'invalid', 'change', 'input', 'keydown', 'error'])
    for (const target of [form, button, document, window])
      expect(() => target.dispatchEvent(new Event(type, { bubbles: true, composed: true }))).not.toThrow()
  await pass(4000)
  // The DOM of these tests needs them itself.
  for (const name of names) Reflect.deleteProperty(button, name)
})

test('memory is bounded: of any number of clicks, twenty wait', async () => {
  const { told, pass } = await start()
  const button = put(BUTTON)
  for (let time = 0; time < 300; time++) clickOn(button)
  await pass(5000)
  expect(told).toMatchObject([{ kind: 'rage_click', count: 20 }])
})

test('the list of kinds has each once', () => {
  expect(new Set<FrictionKind>(frictionKinds).size).toBe(9)
})
