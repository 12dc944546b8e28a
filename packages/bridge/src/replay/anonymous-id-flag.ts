import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import type { Bridge } from '../methods.ts'
import { whenTold } from './when-told.ts'

/**
 * Keeps Customer.io's anonymous id of this browser in a flag, so that FullStory's sessions can be found by it, also
 * those of people who were never known.
 *
 * @param flag of the plan, `{ type: 'str' }`; what is none is reported by the bridge
 * @returns ends it; the flag stays. Never throws.
 *
 * @example anonymousIdFlag(bridge, 'cio_anonymous_id')
 */
export const anonymousIdFlag = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  flag: keyof Plan & string,
): (() => void) =>
  whenTold(bridge, 'customerio', ({ vendors }) => {
    const { anonymousId } = vendors.customerio
    if (anonymousId) bridge.setFlags({ [flag]: anonymousId } as FlagValues<Plan>, { source: 'customerio' })
  })
