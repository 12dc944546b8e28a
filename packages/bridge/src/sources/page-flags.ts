import type { FlagPlan } from '../flags/plan.ts'
import { pageDocument } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import { warnOnce } from '../warn-once.ts'
import { passOn } from './pass-on.ts'

/** What a tag said when it was read first, and for which bridge. */
interface Reading {
  text: string
  bridge: unknown
  /** The last moment before that, epoch milliseconds. */
  until: number
}

const readings = new WeakMap<Element, Reading>()

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
export const pageFlags = <Plan extends FlagPlan>(bridge: Bridge<Plan>): Record<string, unknown> =>
  passOn(bridge, 'page_json', (pass, id) => {
    const selector = 'script[type="application/json"][data-retention-flags]'
    for (const tag of pageDocument().querySelectorAll<HTMLElement>(selector))
      try {
        const text = tag.textContent as string
        const whose = tag.dataset.retentionId
        const before = readings.get(tag)
        const again = before?.bridge === bridge && before.text === text
        // Without an id: read again after a logout, it would be the next visitor's.
        if (whose === undefined ? again : whose !== id) continue
        if (!again) readings.set(tag, { text, bridge, until: Date.now() - 1 })
        const values = JSON.parse(text)
        // What is JSON and begins like this is an object; a list, a text or `null` is no better than no JSON.
        if (!/^\s*{/.test(text)) throw text
        // Again, it counts only where nothing was set since then, not even by the tags after it.
        pass(values, again ? before.until : undefined)
      } catch {
        warnOnce('pageFlags', 'a JSON object: { "vip_tier": "gold" }')
      }
  })
