import type { Click } from './clicks.ts'
import type { FrictionRules } from './rules.ts'

/** Clicks by pointer on one thing, of which enough came so quickly, and so near to each other, that it is rage. */
export const burstOn = (
  what: Element,
  waiting: readonly Click[],
  { rageClicks, rageWithin, rageRadius }: FrictionRules,
): readonly Click[] => {
  const clicks = waiting.filter(click => click.byPointer && click.what === what)
  const isRage = clicks.some((last, index) => {
    const first = clicks[index + 1 - rageClicks]
    return (
      first &&
      last.at - first.at <= rageWithin &&
      Math.hypot(last.x - first.x, last.y - first.y) <= rageRadius
    )
  })
  return isRage ? clicks : []
}

/** How many clicks a burst had that nothing has answered and that ends with this one; 0 when there is none. */
export const rageOf = (waiting: readonly Click[], click: Click, rules: FrictionRules): number => {
  const burst = burstOn(click.what, waiting, rules)
  return burst[burst.length - 1] === click ? burst.length : 0
}
