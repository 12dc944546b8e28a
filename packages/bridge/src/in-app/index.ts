import type { CustomerIoApi } from '../customerio/connect.ts'
import type { InAppAction, InAppMessage } from '../customerio/find-in-app.ts'
import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import { keepLooking } from '../keep-looking.ts'
import type { Bridge } from '../methods.ts'

/** What {@link inAppEvents} takes. */
export interface InAppOptions<Plan extends FlagPlan> {
  /** Where in-app messages come from: as for `createBridge`, which has to be given the same. Default `'auto'`. */
  customerio?: 'auto' | CustomerIoApi
  /** Names of `bool` flags of the plan that become `true` when a message is shown, clicked or dismissed. */
  flags?: { [Action in InAppAction]?: keyof Plan & string }
}

/** Messages of which it is remembered who saw them. */
const MOST = 100

/**
 * In-app messages of Customer.io as events in FullStory: `in_app_message_shown`, `in_app_message_clicked` and
 * `in_app_message_dismissed`, with those of the properties `message_id`, `delivery_id` (of a campaign), `broadcast_id`
 * and `action_name` (of what was clicked) that are known. The address that a click leads to may be personal and is left
 * out. Customer.io, which knows already, is told nothing.
 *
 * `Gist` tells all of it. The JavaScript SDK tells which deliveries and broadcasts were shown and clicked; where the page
 * passes on its events, it tells the rest:
 *
 * ```js
 * const events = ({ type, detail }) => dispatchEvent(new CustomEvent(type, { detail }))
 * cioanalytics.load(writeKey, { integrations: { 'Customer.io In-App Plugin': { events } } })
 * ```
 *
 * Nothing is listened to before consent is granted, nothing is sent without it or while a support agent acts, and what
 * happens then is not sent later. An event of a message that was sent or shown to somebody who has left is left out.
 * The SDK is looked for now and, for a minute each, whenever the bridge has told a vendor who the visitor is.
 *
 * @returns ends it: nothing is listened to and no timer runs after that. Never throws.
 *
 * @example inAppEvents(bridge, { flags: { clicked: 'clicked_in_app' } })
 */
export const inAppEvents = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options?: InAppOptions<Plan>,
): (() => void) => {
  /** Who saw a message, by their place in the order of visitors. */
  const viewers = new Map<unknown, number>()
  let visitor = 0
  let left: string | undefined
  let loading: Promise<typeof import('../customerio/find-in-app.ts')> | undefined

  /** Who may be told of now, if anybody. */
  const person = () => {
    const { consent, identity } = bridge.status()
    return ends[0] && consent === 'granted' && identity.state !== 'impersonated' && identity
  }

  const tell = async (action: InAppAction, message: InAppMessage) => {
    try {
      const viewer = person()
      if (!viewer || !loading) return
      const now = visitor
      const name = message.delivery_id || message.broadcast_id || message.message_id
      // The same broadcast is shown to others, too.
      if (action === 'shown' || !viewers.has(name)) {
        const { isSeenBy } = await loading
        viewers.set(name, (await isSeenBy(name, viewer.id, left)) ? now : -1)
        if (viewers.size > MOST) viewers.delete(viewers.keys().next().value)
      }
      // Nobody else in the meantime.
      if (!person() || visitor !== now || viewers.get(name) !== now) return
      bridge.track(`in_app_message_${action}`, { ...message }, { to: 'fullstory' })
      const flag = options?.flags?.[action]
      if (flag) bridge.setFlags({ [flag]: true } as FlagValues<Plan>, { source: 'in_app' })
    } catch {
      // Storage is denied, or the options are no options.
    }
  }

  const { again, end } = keepLooking(async () => {
    try {
      if (!person()) return true
      loading ??= import('../customerio/find-in-app.ts')
      const listen = await (await loading).findInApp(options?.customerio ?? 'auto')
      if (listen && person() && !ends[2]) ends.push(...listen(tell))
      return ends[2]
    } catch {
      // A file has failed, which is not asked for again, or what was given is no SDK.
      return true
    }
  })
  const ends = [
    bridge.on('identity', ({ previousId, outcome }) => {
      if (outcome === 'stitched') return
      visitor++
      left = previousId ?? left
    }),
    // Said anew when consent is given, too.
    bridge.on('delivered', ({ kind }) => kind !== 'track' && !ends[2] && again()),
  ]
  again()
  return () => {
    end()
    for (const end of ends.splice(0)) end()
  }
}
