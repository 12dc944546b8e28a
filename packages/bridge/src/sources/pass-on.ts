import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import type { Bridge } from '../methods.ts'

/**
 * Runs `read` where the bridge takes flags: denied, or while a support agent acts, they would be lost. It is given who
 * the visitor is, and what passes flags on.
 *
 * @returns all that was passed on, as an object without prototype: `__proto__` is a name as any other
 */
export const passOn = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  source: string,
  read: (pass: (values: object, at?: number) => void, id: string | null) => void,
): FlagValues<Plan> => {
  const passed = { __proto__: null } as object as FlagValues<Plan>
  try {
    const { consent, identity } = bridge.status()
    if (consent !== 'denied' && identity.state !== 'impersonated')
      read((values, at) => {
        bridge.setFlags(values, { source, at })
        Object.assign(passed, values)
      }, identity.id)
  } catch {}
  return passed
}
