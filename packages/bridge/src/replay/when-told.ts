import type { VendorName } from '../delivery/vendor.ts'
import type { FlagPlan } from '../flags/plan.ts'
import type { Bridge } from '../methods.ts'
import type { Status } from '../status.ts'

/**
 * Runs `act` once a vendor has been told who the visitor is and all that was said of them, and again after each change
 * of person and at the beginning of each session: what its SDK answers then is of nobody else.
 *
 * @returns ends it
 */
export const whenTold = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  vendor: VendorName,
  act: (status: Status) => void,
): (() => void) => {
  let isDue = true
  let isWaiting = false
  const look = () => {
    const status = bridge.status()
    const { state, held } = status.vendors[vendor]
    if (!isDue || state !== 'ready') return
    if (!held) {
      isDue = false
      return act(status)
    }
    // No event says that what is on its way has arrived.
    if (isWaiting) return
    isWaiting = true
    bridge.flush().then(() => {
      isWaiting = false
      look()
    })
  }
  const change = () => {
    isDue = true
    queueMicrotask(look)
  }
  const ends = [
    bridge.on('identity', change),
    bridge.on('session', change),
    bridge.on('delivered', () => queueMicrotask(look)),
  ]
  change()
  return () => {
    isDue = false
    for (const end of ends) end()
  }
}
