import type { Click } from './clicks.ts'
import { burstOn } from './rage-clicks.ts'
import type { FrictionRules } from './rules.ts'

/** How many clicks on the thing that was clicked are dead, when this one has waited long enough; 0 when none is. */
export const deadOf = (waiting: readonly Click[], click: Click, rules: FrictionRules): number =>
  // A burst is one thing to report, and goes on perhaps.
  waiting.includes(click) && !burstOn(click.what, waiting, rules)[0]
    ? waiting.filter(({ what }) => what === click.what).length
    : 0
