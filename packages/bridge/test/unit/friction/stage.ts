import { vi } from 'vitest'
// Loaded before the clock is faked: what is asked for later is there after some microtasks.
import '../../../src/friction/judges.ts'
import { type FrictionOptions, frictionKinds, watchFriction } from '../../../src/friction/index.ts'
import { type BridgeConfig, createBridge, defineFlags } from '../../../src/index.ts'
import { vendors } from '../ready-vendors.ts'

export const flags = defineFlags({
  friction: { type: 'enum', values: frictionKinds },
  other: { type: 'bool' },
})

/** A watched page whose clock is faked, and what each vendor was told. */
export const start = async (
  options?: FrictionOptions<typeof flags>,
  config?: Partial<BridgeConfig<typeof flags>>,
) => {
  const { customerio, fullstory, received } = vendors()
  const told: Record<string, unknown>[] = []
  const bridge = createBridge({ flags, customerio, fullstory, ...config })
  bridge.on('delivered', ({ name, vendor, properties }) => {
    if (name === 'friction_detected' && vendor === 'customerio') told.push(properties)
  })
  await vi.advanceTimersByTimeAsync(100)
  const stop = watchFriction(bridge, options)
  const pass = (time = 100) => vi.advanceTimersByTimeAsync(time)
  await pass()
  return { bridge, received, told, stop, pass, kinds: () => told.map(({ kind }) => kind) }
}

/** As the browser says it of a hand on a mouse. */
export const clickOn = (element: Element, more: MouseEventInit = {}) => {
  const event = new MouseEvent('click', {
    bubbles: true,
    composed: true,
    cancelable: true,
    detail: 1,
    ...more,
  })
  Object.defineProperty(event, 'isTrusted', { value: true })
  Object.defineProperty(event, 'timeStamp', { value: performance.now() })
  return element.dispatchEvent(event)
}

export const put = (html: string): HTMLElement => {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}
