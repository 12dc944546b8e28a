import type { Queue } from './queue.ts'
import type { answers } from './vendor.ts'

/** Events whose reason is looked for in a replay. */
const REASONS = /^(payment_failed|checkout_abandoned|friction_detected)$/

const LINK = 'fullstory_session_url'

/** Milliseconds that events wait for a session to begin, or to begin anew for the next person, at most. */
const PATIENCE = 1000
/** Milliseconds between two looks. */
const PAUSE = 100

interface Config {
  replayLinks?: unknown
}

/** The events that were chosen, if any. */
const readNames = (config: Config | undefined): RegExp | undefined => {
  try {
    const given = config?.replayLinks
    if (given === false) return
    if (typeof given === 'string' || given instanceof RegExp) return new RegExp(given)
  } catch {
    // The default has to do.
  }
  return REASONS
}

/**
 * Has Customer.io's events carry the link to the moment in FullStory's session. It is asked for when the event leaves:
 * the link of a moment ago may be another session's. Without a link the event goes, too.
 */
export const linkReplays = (
  [customerio, fullstory]: readonly [Queue, Queue],
  config: Config | undefined,
  read: typeof answers,
): void => {
  const names = readNames(config)
  if (!names) return
  let end = 0
  customerio.wait = (step, now, hurries) => {
    const { kind, name, n, properties } = step
    if (kind !== 'track' || `${name}`.search(names) < 0 || LINK in properties) return 0
    const { at, state } = fullstory
    // Before FullStory has been told of the person, its session is of whoever was there before.
    const url = at === n && read(fullstory).sessionUrl
    if (url) {
      step.properties = { ...properties, [LINK]: url }
      end = 0
    }
    if (url || hurries || (at as number) > n || !/ready|waiting|paused/.test(state)) return 0
    // However many wait: together.
    end ||= now + PATIENCE
    return Math.max(0, Math.min(PAUSE, end - now))
  }
}
