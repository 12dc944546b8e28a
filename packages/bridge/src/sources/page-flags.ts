import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import { pageDocument } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import { isSilent } from './is-silent.ts'
import { warn } from './warn.ts'

/** What a tag said when it was last read, and since when, epoch milliseconds. */
interface Reading {
  text: string | null
  at: number
}

/** On a bridge: what was read for it, by tag. */
const KEY = 'rb_page_flags'

/**
 * Sets flags that the server has written into the page, in the order of the document:
 *
 * ```html
 * <script type="application/json" data-retention-flags data-retention-id="cust_1042">{ "vip_tier": "gold" }</script>
 * ```
 *
 * `data-retention-id` says whose they are: they are set only while this person is `status().identity.id`, so that a
 * page that a cache made for somebody else tells nothing of them. An empty one is nobody's. Write it on every page that
 * a cache may keep, call this after `identify`, and again when tags come later or consent is given: a tag that says the
 * same as before changes nothing, also where the page has set a flag since. Without it, what a tag says is taken once,
 * for whoever is there.
 *
 * @returns what was passed on to `setFlags`; nothing without consent (while it is pending, flags wait in the bridge)
 * and while a support agent acts. A tag that is no JSON object is skipped, with one console warning in development.
 * Never throws.
 */
export const pageFlags = <Plan extends FlagPlan>(bridge: Bridge<Plan>): Record<string, unknown> => {
  let passed: Record<string, unknown> = {}
  try {
    const status = bridge.status()
    if (isSilent(status)) return {}
    const home = bridge as unknown as Record<string, WeakMap<Element, Reading>>
    home[KEY] ??= new WeakMap()
    const readings = home[KEY]
    const tags = pageDocument()?.querySelectorAll('script[type="application/json"][data-retention-flags]')
    for (const tag of tags ?? [])
      try {
        const text = tag.textContent
        const whose = tag.getAttribute('data-retention-id')
        const before = readings.get(tag)
        const same = before?.text === text
        // Without an id: read again after a logout, it would be the next visitor's.
        if (whose === null ? same : whose !== status.identity.id) continue
        const { at } = same ? (before as Reading) : { at: Date.now() }
        readings.set(tag, { text, at })
        const values = JSON.parse(text as string)
        // An error for `null`, a list or a text as for what is no JSON.
        if (Object.getPrototypeOf(values) !== Object.prototype) throw values
        bridge.setFlags(values as FlagValues<Plan>, { source: 'page_json', at })
        passed = { ...passed, ...values }
      } catch {
        warn('pageFlags', 'a JSON object: { "vip_tier": "gold" }')
      }
  } catch {}
  return passed
}
