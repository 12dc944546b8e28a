import { vi } from 'vitest'
// Loaded before the clock is faked: what is asked for later is there after some microtasks.
import '../../../src/friction/judge-checkout.ts'
import '../../../src/friction/judge-clicks.ts'
import { type FrictionOptions, frictionKinds, watchFriction } from '../../../src/friction/index.ts'
import { type BridgeConfig, createBridge, defineFlags } from '../../../src/index.ts'
import { vendors } from '../ready-vendors.ts'

export const flags = defineFlags({
  friction: { type: 'enum', values: ['none', ...frictionKinds], ttl: '30m', off: 'none' },
  other: { type: 'bool' },
})

/** A page with a bridge, and what each vendor was told. */
export const page = (config?: Partial<BridgeConfig<typeof flags>>) => {
  const { customerio, fullstory, received } = vendors()
  return { received, bridge: createBridge({ flags, customerio, fullstory, replayLinks: false, ...config }) }
}

/** A watched page whose clock is faked. */
export const start = async (
  options?: FrictionOptions<typeof flags>,
  config?: Partial<BridgeConfig<typeof flags>>,
) => {
  const { bridge, received } = page(config)
  const told: Record<string, unknown>[] = []
  bridge.on('delivered', ({ name, vendor, properties }) => {
    if (name === 'friction_detected' && vendor === 'customerio') told.push(properties)
  })
  await vi.advanceTimersByTimeAsync(100)
  const stop = watchFriction(bridge, options)
  const pass = (time = 100) => vi.advanceTimersByTimeAsync(time)
  await pass()
  return { bridge, received, told, stop, pass, kinds: () => told.map(({ kind }) => kind) }
}

/** How many of the judges' listeners the page and its document have; they alone are passive. */
export const countListeners = () => {
  let count = 0
  for (const target of [window, document]) {
    const add = target.addEventListener.bind(target)
    vi.spyOn(target, 'addEventListener').mockImplementation(((
      type: string,
      listener: EventListener,
      options: AddEventListenerOptions,
    ) => {
      if (options?.passive && !options.signal?.aborted) {
        count++
        options.signal?.addEventListener('abort', () => count--)
      }
      add(type, listener, options)
    }) as never)
  }
  return () => count
}

/** As the browser says it, not a script. */
export const trusted = (target: EventTarget, event: Event) => {
  Object.defineProperty(event, 'isTrusted', { value: true })
  Object.defineProperty(event, 'timeStamp', { value: performance.now() })
  return target.dispatchEvent(event)
}

/** A click with a mouse. */
export const clickOn = (element: Element) =>
  trusted(element, new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1 }))

export const put = (html: string): HTMLElement => {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}
