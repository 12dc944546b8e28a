import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FrictionKind, frictionKinds, watchFriction } from '../../../src/friction/index.ts'
import { HOSTILE } from '../hostile.ts'
import { leavePage } from '../page.ts'
import { clickOn, countListeners, put, start, trusted } from './stage.ts'

beforeEach(() => {
  vi.useFakeTimers()
  history.replaceState(null, '', '/checkout/payment')
})
afterEach(() => {
  leavePage()
  vi.restoreAllMocks()
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
  expect(told).toEqual([{ kind: 'rage_click', step: 'payment', target: 'body > button.buy', count: 4 }])
  expect(received).toMatchObject({ customerio: ['friction_detected'], fullstory: ['friction_detected'] })
})

test('outside of the checkout there is no step', async () => {
  const { told, pass } = await start({ isCheckout: url => url.pathname === '/kasse' })
  await hammer(pass, put(BUTTON))
  expect(told).toEqual([{ kind: 'rage_click', target: 'body > button.buy', count: 3 }])
})

test('the step is as the page names it, or as the address does, and none outside of the checkout', async () => {
  const { bridge, told, pass } = await start()
  const fail = async (path: string) => {
    history.replaceState(null, '', path)
    clickOn(put('<p>Pay</p>'))
    await pass(60_000)
    await hammer(pass, put(BUTTON))
    return told[told.length - 1]?.step
  }
  expect(await fail('/checkout/shipping')).toBe('shipping')
  bridge.track('checkout_step', { step: 'Payment & tip' })
  expect(await fail('/checkout/payment')).toBe('Payment & tip')
  expect(await fail('/cart')).toBeUndefined()
  bridge.track('checkout_step', { step: 'early' })
  expect(await fail('/cart')).toBeUndefined()
  expect(await fail('/checkout/review')).toBe('early')
  expect(told.length).toBe(5)
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

test('the flag keeps the worst kind, until half an hour passes without any', async () => {
  const { bridge, pass } = await start({ flag: 'friction' })
  const flag = () => bridge.status().flags.friction
  await hammer(pass, put(BUTTON))
  expect(flag()).toMatchObject({ value: 'rage_click', source: 'friction' })
  bridge.track('payment_failed')
  bridge.track('payment_failed')
  await pass()
  expect(flag()?.value).toBe('payment_failed_again')
  for (let time = 0; time < 2; time++) {
    await pass(1_700_000)
    await hammer(pass, put(BUTTON))
    expect(flag()?.value).toBe('payment_failed_again')
  }
  await pass(1_800_000)
  expect(flag()?.value).toBe('none')
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
  const listening = countListeners()
  const { bridge, kinds, pass } = await start({}, { consent: 'pending' })
  expect(listening()).toBe(0)
  const button = put(BUTTON)
  await hammer(pass, button)
  bridge.setConsent('granted')
  await pass()
  expect(listening()).toBeGreaterThan(0)
  await pass(5000)
  expect(kinds()).toEqual([])
  await hammer(pass, button)
  expect(kinds()).toEqual(['rage_click'])
})

test('CONSENT: withdrawn in between, nothing is listened to, and nothing is said, then or later', async () => {
  const listening = countListeners()
  const { bridge, kinds, pass } = await start()
  const button = put(BUTTON)
  for (let time = 0; time < 3; time++) clickOn(button)
  bridge.setConsent('denied')
  expect(listening()).toBe(0)
  await pass(5000)
  bridge.setConsent('granted')
  await pass(5000)
  expect(kinds()).toEqual([])
  await hammer(pass, button)
  expect(kinds()).toEqual(['rage_click'])
})

test('CONSENT: withdrawn while the judges are on their way, they hear nothing', async () => {
  const listening = countListeners()
  const { bridge, pass } = await start({}, { consent: 'pending' })
  bridge.setConsent('granted')
  bridge.setConsent('denied')
  await pass()
  expect(listening()).toBe(0)
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
  const listening = countListeners()
  const disconnected = vi.spyOn(MutationObserver.prototype, 'disconnect')
  const { stop, kinds, pass } = await start()
  expect(listening()).toBeGreaterThan(0)
  const button = put(BUTTON)
  for (let time = 0; time < 3; time++) clickOn(button)
  stop()
  expect(listening()).toBe(0)
  expect(disconnected).toHaveBeenCalled()
  await hammer(pass, button)
  expect(kinds()).toEqual([])
})

test('when the bridge is destroyed, the next event ends it; another bridge is watched by itself', async () => {
  const listening = countListeners()
  const { bridge } = await start()
  bridge.destroy()
  clickOn(put(BUTTON))
  expect(listening()).toBe(0)
  const { told, pass } = await start()
  await hammer(pass, put(BUTTON))
  expect(told).toMatchObject([{ kind: 'rage_click' }])
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

test.each([
  ['the Navigation API', { currentEntry: {} }, ['form_abandoned']],
  ['an element of that id instead', document.createElement('nav'), []],
  ['nothing', undefined, []],
])('whether a tab that is closed is an abandoned form can be told by %s', async (_, navigation, expected) => {
  Object.assign(window, { navigation: navigation && Object.assign(new EventTarget(), navigation) })
  const { kinds, pass } = await start()
  const form = put('<form><input name="first"><input name="last"></form>')
  for (const field of form.querySelectorAll('input')) {
    field.value = 'Ada'
    trusted(field, new Event('input', { bubbles: true, composed: true }))
  }
  await pass()
  trusted(window, new Event('pagehide'))
  await pass()
  expect(kinds()).toEqual(expected)
  Reflect.deleteProperty(window, 'navigation')
})

test('the same event from both vendors counts once', async () => {
  const { bridge, kinds, pass } = await start()
  bridge.track('payment_failed')
  for (const step of ['shipping', 'payment', 'shipping']) bridge.track('checkout_step', { step })
  await pass()
  expect(kinds()).toEqual([])
})

test('a rejection that nobody caught counts, which is no trusted event in WebKit; an error that a script dispatches does not', async () => {
  const { told, pass } = await start()
  window.dispatchEvent(Object.assign(new Event('error'), { message: 'no', filename: location.href }))
  await pass()
  expect(told).toEqual([])
  const reason = { stack: `pay@${location.origin}/assets/pay.js:1:237` }
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }))
  await pass()
  expect(told).toMatchObject([
    { kind: 'script_error', step: 'payment', target: `${location.origin}/assets/pay.js` },
  ])
})

test.each(HOSTILE)('HARMLESS: options and properties that are %s', async (_, value) => {
  const anything = value as never
  const options = { flag: anything, kinds: anything, isCheckout: anything }
  const { bridge, pass } = await start(options)
  bridge.track('checkout_step', { step: anything })
  bridge.track('payment_failed', { code: anything })
  bridge.track('payment_failed', anything)
  await hammer(pass, put(BUTTON))
  expect(() => watchFriction(bridge, anything)()).not.toThrow()
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
