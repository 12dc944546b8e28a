import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import type { FlagValue } from '../flags/value.ts'
import { pageAddress, replaceAddress } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import { flagFromText } from './flag-from-text.ts'
import { isSilent } from './is-silent.ts'

/** What {@link campaignFlags} takes. */
export interface CampaignOptions<Plan extends FlagPlan> {
  /** The plan of the bridge: only its flags are set, as their type. */
  flags: Plan
  /**
   * More parameters of the address, and which flag each one sets. They go on top of the usual ones: `cio_flow` →
   * `entered_cart_flow`, `cio_variant` → `cart_flow_variant`, `cio_delivery`, `utm_source`, `utm_medium`,
   * `utm_campaign`, `utm_term` and `utm_content` → the flag of that name. `false` turns one off.
   */
  parameters?: { readonly [parameter: string]: (keyof Plan & string) | false }
  /**
   * `true` takes the parameters that set declared flags out of the address bar, so that a reload or a copied link does
   * not set them again. Default `false`: other tools on the page may want to read them, too.
   */
  remove?: boolean
}

const PARAMETERS = {
  cio_flow: 'entered_cart_flow',
  cio_variant: 'cart_flow_variant',
  cio_delivery: 'cio_delivery',
  utm_source: 'utm_source',
  utm_medium: 'utm_medium',
  utm_campaign: 'utm_campaign',
  utm_term: 'utm_term',
  utm_content: 'utm_content',
}

/**
 * Sets flags from the address that a campaign's link led to. Call it once on each page, or where a campaign lands. A
 * text becomes the declared type: `bool` (`1`, `true`, `yes` or nothing; `0`, `false`, `no`), `int`, `real`, `date`
 * (ISO-8601), `enum` (its values, in any case), `str` (at most 250 characters, without control characters). What does
 * not fit is skipped, as are undeclared flags, without a warning. Of a parameter that is repeated, the last counts.
 *
 * Anybody can write an address, and a link that is passed on sets the flags of whoever opens it: let it say what led
 * to the page, never who somebody is.
 *
 * @returns what was set; nothing without consent (while it is pending, flags wait in the bridge) and while a support
 * agent acts, when the address bar is left alone, too. Never throws.
 *
 * @example campaignFlags(bridge, { flags, parameters: { v: 'cart_flow_variant', utm_term: false }, remove: true })
 */
export const campaignFlags = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options: CampaignOptions<Plan>,
): FlagValues<Plan> => {
  let values: Record<string, FlagValue> = {}
  try {
    const { flags, parameters, remove } = options
    if (isSilent(bridge.status())) return {}
    // Names are looked up in maps, where `__proto__` is a name as any other.
    const plan = new Map(Object.entries(flags))
    const address = new URL(pageAddress())
    const read = new Set<string>()
    const found = new Map<string, FlagValue>()
    for (const [parameter, flag] of Object.entries({ ...PARAMETERS, ...parameters })) {
      const spec = plan.get(flag as string)
      const text = address.searchParams.getAll(parameter).pop()
      if (!spec || text === undefined) continue
      read.add(parameter)
      try {
        const value = flagFromText(spec, text)
        if (value !== undefined) found.set(flag as string, value)
      } catch {
        // No date, for instance.
      }
    }
    values = Object.fromEntries(found)
    if (found.size) bridge.setFlags(values as FlagValues<Plan>, { source: 'campaign' })
    if (remove && read.size) {
      // By hand: `searchParams.delete` writes the other parameters anew, and not always as they were.
      const kept = address.search
        .slice(1)
        .split('&')
        .filter(part => ![...new URLSearchParams(`&${part}`).keys()].some(name => read.has(name)))
      address.search = kept.join('&')
      replaceAddress(address.href)
    }
  } catch {}
  return values as FlagValues<Plan>
}
