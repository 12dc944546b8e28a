import { type CarryRecord, MAX_CARRIED_EVENTS, MAX_CARRY } from './carry-record.ts'
import type { Moment } from './moments.ts'
import type { Visitor } from './visitor.ts'

/** Bytes of a text at most: a character has no more than three. */
const bytes = (text: string): number => text.replace(/[^\0-~]/g, '???').length

/** The shared ID; the id that a link of Customer.io's e-mails leaves is none. */
const sharedId = ({ userId }: Visitor) => (userId?.startsWith('cio_') ? undefined : userId)

/** What there is of this visitor and still counts. */
const readCarry = (text: unknown, visitor: Visitor, now: number) => {
  try {
    const record = JSON.parse(text as string) as CarryRecord
    const { v, expires, who, user, events, flags } = record
    if (
      v === 1 &&
      expires > now &&
      who === visitor.anonymousId &&
      user === sharedId(visitor) &&
      Array.isArray(events) &&
      flags
    )
      return record
  } catch {
    // None, damaged, or somebody else's.
  }
}

/**
 * The text to leave for the store's next page: what is there, with one moment of the checkout more. At most
 * {@link MAX_CARRIED_EVENTS} events and {@link MAX_CARRY} bytes; the oldest events are given up. A moment that is there
 * already is not added again.
 *
 * @param text what is stored now, anything at all
 * @param name of its event; nothing where only the state is kept
 * @param expires epoch milliseconds
 * @returns the text; `undefined` where not even the moment alone fits
 */
export const addToCarry = (
  text: string | null | undefined,
  moment: Moment & { state: NonNullable<Moment['state']> },
  name: string | false,
  visitor: Visitor,
  expires: number,
  now: number,
): string | undefined => {
  const { state, at, properties } = moment
  // The lines are in Customer.io; FullStory is told what it was worth.
  const { items, ...carried } = properties
  const { flags, events = [] } = readCarry(text, visitor, now) ?? {}
  const record: CarryRecord = {
    v: 1,
    expires,
    at,
    who: visitor.anonymousId,
    user: sharedId(visitor),
    flags: {
      checkout_state: state,
      // True until an order: a step that follows does not undo a refusal.
      payment_failed: state === 'failed' || (state === 'completed' ? false : flags?.payment_failed),
    },
    events: events.filter(event => event?.name !== name || event.at !== at),
  }
  if (name) record.events.push({ name, at, properties: carried })
  record.events = record.events.slice(-MAX_CARRIED_EVENTS)
  for (;;) {
    const written = JSON.stringify(record)
    if (bytes(written) <= MAX_CARRY) return written
    if (!record.events.shift()) return
  }
}
