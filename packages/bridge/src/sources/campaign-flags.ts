import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import type { FlagValue } from '../flags/value.ts'
import { pageAddress, replaceAddress } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import { flagFromText } from './flag-from-text.ts'
import { passOn } from './pass-on.ts'

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

const NAMES: Record<string, string> = { cio_flow: 'entered_cart_flow', cio_variant: 'cart_flow_variant' }
/** Parameters whose flags have the same name. */
const SAME = /^(cio_delivery|utm_(source|medium|campaign|term|content))$/

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
): FlagValues<Plan> =>
  passOn(bridge, 'campaign', pass => {
    const { flags, parameters, remove } = options
    const address = new URL(pageAddress())
    const values: Record<string, FlagValue> = {}
    const read = new Set<unknown>()
    // A map keeps the last of each.
    for (const [parameter, text] of new Map(address.searchParams)) {
      // Not own is no text, and the name of no flag.
      const name = parameters?.[parameter] ?? NAMES[parameter] ?? (SAME.test(parameter) && parameter)
      const spec = flags[name as string]
      if (!spec) continue
      read.add(parameter)
      const value = flagFromText(spec, text)
      if (value != null) values[name as string] = value
    }
    pass(values)
    // By hand: `searchParams.delete` writes the other parameters anew, and not always as they were.
    if (remove && read.size) {
      const parts = address.search.slice(1).split('&')
      address.search = parts
        .filter(part => !read.has(new URLSearchParams(`&${part}`).keys().next().value))
        .join('&')
      replaceAddress(address.href)
    }
  })
