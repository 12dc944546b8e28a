import type { FlagPlan } from '../flags/plan.ts'
import type { Bridge } from '../methods.ts'
import { checkOptions } from './check-options.ts'
import { type FrictionKind, frictionKinds } from './kinds.ts'

export { type FrictionKind, frictionKinds }

/** What {@link watchFriction} takes. */
export interface FrictionOptions<Plan extends FlagPlan> {
  /**
   * A flag of the plan that keeps the worst kind, from the last of {@link frictionKinds} to the first. Of the session,
   * when the plan says `{ type: 'enum', values: ['none', ...frictionKinds], ttl: '30m', off: 'none' }`: it is off when
   * nothing went wrong for half an hour. Default none.
   */
  flag?: keyof Plan & string
  /** The kinds to report; all by default. */
  kinds?: readonly FrictionKind[]
  /** Whether an address belongs to the checkout. Default: its path contains `checkout`. */
  isCheckout?: (url: URL) => boolean
}

/** On its bridge. */
const KEY = 'rb_friction'

/**
 * Looks for what goes wrong for a visitor, and reports it as the event `friction_detected` in both vendors, with
 * `kind`, `step` (of the checkout), `target` and `count`, each kind at most once a minute. What it is about is told by
 * names that programmers gave, never by texts, values or error messages. Elements in `[data-rb-ignore]` are not looked
 * at, and what changes in them is no answer to a click. The rules and their numbers are in `docs/friction.md`.
 *
 * What judges clicks is loaded once there is consent, what judges forms and the checkout when the visitor gets there;
 * nothing is listened to before, or after consent was withdrawn or the bridge destroyed. While a support agent acts,
 * nothing is said. Nothing is stored. A bridge is watched once: called again, this returns the first.
 *
 * @param options what is wrong in it is reported by the development build, and the rest works
 * @returns ends it: no listener and no observer is left after that. Never throws.
 *
 * @example watchFriction(bridge, { flag: 'friction', isCheckout: url => url.pathname.startsWith('/kasse') })
 */
export const watchFriction = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options?: FrictionOptions<Plan>,
): (() => void) => {
  const home = bridge as unknown as Record<string, () => void>
  let lifetime: AbortController | undefined
  const turn = async () => {
    lifetime?.abort()
    const mine = new AbortController()
    lifetime = mine
    try {
      if (bridge.status().consent === 'granted')
        (await import('./judge-clicks.ts')).judgeClicks(
          mine,
          frictionKinds,
          bridge as never,
          options as never,
        )
    } catch {
      // The file does not come, or there is no page.
    }
  }
  if (!home[KEY]) {
    if (process.env.NODE_ENV !== 'production') checkOptions(options)
    const unhear = bridge.on('consent', turn)
    home[KEY] = () => {
      unhear()
      lifetime?.abort()
      delete home[KEY]
    }
    turn()
  }
  return home[KEY] as () => void
}
