import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import type { Bridge } from '../methods.ts'
import { type FrictionKind, frictionKinds } from './kinds.ts'
import type { FrictionRules } from './rules.ts'

export { type FrictionKind, type FrictionRules, frictionKinds }

/** What {@link watchFriction} takes. */
export interface FrictionOptions<Plan extends FlagPlan> {
  /** A flag of the plan to keep the worst kind in: an `enum` with `values: frictionKinds`, or a `str`. Default none. */
  flag?: keyof Plan & string
  /** The kinds to report; all by default. */
  kinds?: readonly FrictionKind[]
  /** Whether an address belongs to the checkout. Default: its path contains `checkout`. */
  isCheckout?: (url: URL) => boolean
  /** Other numbers for the judges to go by. */
  rules?: Partial<FrictionRules>
}

/** On its bridge. */
const KEY = 'rb_friction'
/** Milliseconds between two looks for consent. */
const PAUSE = 1000
/** Milliseconds after which FullStory takes an idle visitor's next page for another session. */
const SESSION = 1_800_000

/**
 * Looks for what goes wrong for a visitor, and reports it as the event `friction_detected` in both vendors, with
 * `kind`, `step` (of the checkout), `target`, `count` and `fullstory_session_url`, FullStory's link to that moment
 * where it has one. Each kind comes at most once in the cool-down. What it is about is told by names that programmers
 * gave, never by texts, values or error messages. Elements in `[data-rb-ignore]` are not looked at, and what changes
 * in them is no answer to a click.
 *
 * Before there is consent, nothing is loaded or listened to; while a support agent acts, nothing is judged. Nothing is
 * stored. A bridge is watched once: called again, this returns the first.
 *
 * @returns ends it: no listener and no observer is left after that. Never throws.
 *
 * @example watchFriction(bridge, { flag: 'friction', isCheckout: url => url.pathname.startsWith('/kasse') })
 */
export const watchFriction = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options?: FrictionOptions<Plan>,
): (() => void) => {
  const home = bridge as unknown as Record<string, () => void>
  if (home[KEY]) return home[KEY]
  const { flag, kinds = frictionKinds, isCheckout, rules } = options ?? {}
  const lifetime = new AbortController()
  const { signal } = lifetime
  let timer: ReturnType<typeof setTimeout> | undefined

  /** The bridge's state, when there is consent and the visitor acts, not a support agent. */
  const open = () => {
    const status = bridge.status()
    return status.consent === 'granted' && status.identity.state !== 'impersonated' && status
  }

  const say = (kind: FrictionKind, properties: Record<string, unknown>) => {
    const status = open()
    if (!status || !kinds.includes(kind)) return
    bridge.track('friction_detected', {
      kind,
      ...properties,
      fullstory_session_url: status.vendors.fullstory.sessionUrl ?? undefined,
    })
    if (!flag) return
    const { value, source, at = 0 } = status.flags[flag] ?? {}
    const isWorse = frictionKinds.indexOf(kind) > frictionKinds.indexOf(value as FrictionKind)
    if (isWorse || source !== 'friction' || Date.now() - at > SESSION)
      bridge.setFlags({ [flag]: kind } as FlagValues<Plan>, { source: 'friction' })
  }

  const look = async () => {
    try {
      if (open()) (await import('./judges.ts')).judge({ bridge, open, say, isCheckout, rules, signal })
      else timer = setTimeout(look, PAUSE)
    } catch {
      // What judges cannot be loaded, or the page is none.
    }
  }
  home[KEY] = () => {
    lifetime.abort()
    clearTimeout(timer)
    delete home[KEY]
  }
  // On a server a timer would keep the process alive.
  if (typeof MutationObserver === 'function') look()
  return home[KEY]
}
