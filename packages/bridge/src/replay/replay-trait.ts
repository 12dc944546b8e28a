import type { FlagPlan } from '../flags/plan.ts'
import { sessionLink } from '../fullstory/session-link.ts'
import type { Bridge } from '../methods.ts'
import { whenTold } from './when-told.ts'

/**
 * Keeps FullStory's link to the visitor's latest session as a trait in Customer.io, of known people only: one
 * `identify` a session. Without consent for both tools there is no link.
 *
 * @param trait its name; `fullstory_session_url` unless said otherwise. What is no name of a trait is reported by the bridge
 * @returns ends it; the trait stays. Never throws.
 *
 * @example replayTrait(bridge)
 */
export const replayTrait = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  trait = 'fullstory_session_url',
): (() => void) =>
  whenTold(bridge, 'fullstory', ({ identity, vendors }) => {
    const { sessionUrl } = vendors.fullstory
    if (identity.state === 'known' && sessionUrl)
      bridge.identify(identity.id as string, { traits: { [trait]: sessionLink(sessionUrl) }, via: 'replay' })
  })
