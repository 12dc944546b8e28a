import type { Bridge, FlagPlan } from 'retention-bridge'
import { tellCheckout } from './index.ts'

/** For themes: what the pixel saw is told by the bridge that the page's script tag makes, whichever loads first. */
interface WithQueue {
  retentionBridge?: { push(call: (bridge: Bridge<FlagPlan>) => unknown): unknown }
}

/** The flag of this name, if the page's configuration declares it. */
const declared = (flags: object, name: string) => (name in flags ? name : undefined)

const start = (bridge: Bridge<FlagPlan>) => {
  let flags = {}
  try {
    const text = document.querySelector('script[data-retention-bridge]')?.textContent as string
    flags = (JSON.parse(text) as { flags?: object }).flags ?? {}
  } catch {
    // The events by themselves.
  }
  tellCheckout(bridge, {
    flags: { state: declared(flags, 'checkout_state'), failed: declared(flags, 'payment_failed') },
  })
}

const page = window as unknown as WithQueue
page.retentionBridge ??= [] as never
page.retentionBridge?.push(start)
