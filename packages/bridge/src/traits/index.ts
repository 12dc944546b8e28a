import type { FlagPlan } from '../flags/plan.ts'
import type { Bridge } from '../methods.ts'

/**
 * Copies flags to Customer.io, as traits of the same name, for stores whose pages know them first. Only of known people:
 * what an anonymous visitor or a guest has is copied when they are identified. What Customer.io's inbox has set is not
 * sent back, also when it runs out. Customer.io hears of it when a value has changed, as of any trait.
 *
 * @param names flags of the plan; what is none is never copied
 * @returns ends it. Never throws.
 *
 * @example flagTraits(bridge, ['vip_tier'])
 */
export const flagTraits = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  names: readonly (keyof Plan & string)[],
): (() => void) => {
  let copied: readonly string[] = []
  try {
    copied = [names].flat() as string[]
  } catch {
    // No list, and nothing that can be one.
  }
  // Flags that Customer.io does not have from itself.
  const ours = new Set<string>()
  const take = (name: string, source: string) => {
    if (source === 'inbox') ours.delete(name)
    else if (source !== 'ttl') ours.add(name)
  }
  const copy = () => {
    const { identity, flags } = bridge.status()
    const traits: Record<string, unknown> = {}
    for (const name of copied) if (ours.has(name) && flags[name]) traits[name] = flags[name].value
    if (identity.state === 'known' && Object.keys(traits)[0])
      bridge.identify(identity.id as string, { traits, via: 'flags' })
  }
  const { flags } = bridge.status()
  for (const name in flags) take(name, (flags[name] as { source: string }).source)
  const ends = [
    bridge.on('flags', ({ values, source }) => {
      for (const name in values) take(name, source)
      copy()
    }),
    bridge.on('identity', ({ outcome }) => {
      if (outcome !== 'stitched') ours.clear()
      // When the person has been announced to the end.
      queueMicrotask(copy)
    }),
  ]
  copy()
  return () => {
    for (const end of ends) end()
  }
}
