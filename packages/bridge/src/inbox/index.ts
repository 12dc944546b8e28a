import type { CustomerIoApi } from '../customerio/connect.ts'
import type { Inbox, InboxMessage } from '../customerio/find-inbox.ts'
import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import { keepLooking } from '../keep-looking.ts'
import type { Bridge } from '../methods.ts'

/** What {@link inboxFlags} takes. */
export interface InboxOptions<Plan extends FlagPlan> {
  /** The messages that carry flags are those of this topic. Default `'retention_flags'`. */
  topic?: string
  /** The plan given to the bridge; without it, `unset` is ignored. */
  flags?: Plan
  /** Where the inbox is: as for `createBridge`, which has to be given the same. Default `'auto'`. */
  customerio?: 'auto' | CustomerIoApi
  /** What is done with a message that was applied: marked as opened (default) or deleted. */
  after?: 'open' | 'delete'
}

/** `properties` of a message, as the campaign sends it: anything at all. */
interface Content {
  set?: object
  unset?: unknown
  at?: unknown
}

/** The values that mean "no longer", of those flags that have one; named as in the plan, or by an alias. */
const offValues = (plan: FlagPlan, unset: unknown) => {
  const names = [unset].flat().map(name => String(name).toLowerCase())
  const values: Record<string, unknown> = {}
  for (const [name, { type, off = type === 'bool' ? false : undefined, aliases = [] }] of Object.entries(
    plan,
  ))
    if (off !== undefined && [name, ...aliases].some(spelling => names.includes(spelling.toLowerCase())))
      values[name] = off
  return values
}

/** Since when it is true what a message says, epoch milliseconds; 0, before all others, when nobody says so. */
const since = ({ properties, sentAt }: InboxMessage): number => {
  try {
    return Date.parse((properties as Content).at as string) || +sentAt || 0
  } catch {
    // No properties, or no text: JSON can name an object's own conversion.
    return +sentAt || 0
  }
}

/**
 * Customer.io's inbox as a channel for flags: a campaign or a segment's workflow sends an inbox message on a topic,
 * and within moments the flags are in the FullStory session of whoever it was sent to, without a server of the store.
 * Nothing is shown to the visitor. `properties` of a message are
 * `{ set?: { flag: value }, unset?: ['flag'], at?: '2026-01-31T12:00:00Z' }`; `at` says since when it is true, which is
 * when it was sent by default. `unset` is the flag's `off`, `false` for a `bool`; flags without are left alone. A flag
 * in both is set.
 *
 * A message is applied once, in the order of `at` and then of when it was sent, as `bridge.setFlags` with the source
 * `'inbox'`: what was set later stays, and wrong names or values are refused and reported there. Customer.io then
 * counts it as opened. It is applied only while the bridge, with consent and without a support agent, knows the person
 * it was sent to. Otherwise it is left as it is, and looked at again when the person changes.
 *
 * The inbox is that of the JavaScript SDK with its in-app plugin, or of `Gist`, found now or within a minute, and again
 * whenever the person changes.
 *
 * @returns ends it: nothing is listened to and no timer runs after that. Never throws.
 *
 * @example inboxFlags(bridge, { flags })
 */
export const inboxFlags = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options?: InboxOptions<Plan>,
): (() => void) => {
  const applied = new Set<string>()
  let loading: Promise<typeof import('../customerio/find-inbox.ts')> | undefined
  let inbox: Inbox | undefined

  /** Who may be told of now, if anybody. */
  const person = () => {
    const { consent, identity } = bridge.status()
    return ends[0] && consent === 'granted' && identity.state !== 'impersonated' && identity.id
  }

  const apply = (message: InboxMessage) => {
    applied.add(message.messageId)
    try {
      const { set, unset } = message.properties as Content
      const values = { ...offValues(options?.flags ?? {}, unset), ...set }
      bridge.setFlags(values as FlagValues<Plan>, { source: 'inbox', at: since(message) })
    } catch {
      // What cannot be read now cannot be read later.
    }
    // Not told, it is applied again on the next page, where it changes nothing.
    message[options?.after === 'delete' ? 'markDeleted' : 'markOpened']().catch(() => {})
  }

  const { again, end } = keepLooking(async () => {
    try {
      if (!loading && !person()) return true
      // One that has failed is not asked for again.
      loading ??= import('../customerio/find-inbox.ts')
      const { findInbox, inboxOwner, sentTo } = await loading
      const owner = inboxOwner()
      // The SDK, which writes what it is asked for to storage, is asked only when there can be somebody.
      if (owner && person() === owner) {
        if (!inbox) {
          inbox = findInbox(options?.customerio ?? 'auto', options?.topic ?? 'retention_flags')
          if (inbox) ends.push(inbox.onUpdates(again))
        }
        const messages = await inbox?.messages()
        // Nobody else in the meantime.
        if (messages && inboxOwner() === owner && person() === owner) {
          messages
            .filter(
              message =>
                !message.opened && !applied.has(message.messageId) && (sentTo(message) ?? owner) === owner,
            )
            .sort((one, other) => since(one) - since(other) || +one.sentAt - +other.sentAt)
            .forEach(apply)
          return true
        }
      }
    } catch {
      // Storage is denied, or the SDK fails.
    }
  })
  const ends = [
    bridge.on('identity', again),
    // Consent was given, or an agent is done: it is said anew who it is. A change of person has come to a vendor.
    bridge.on('delivered', ({ kind }) => kind === 'identify' && again()),
  ]
  again()
  return () => {
    end()
    for (const end of ends.splice(0)) end()
  }
}
