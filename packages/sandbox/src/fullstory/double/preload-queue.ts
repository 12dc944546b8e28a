import { type Call, isData } from './call.ts'
import { hashUid } from './fs-uid-cookie.ts'
import { identityEffect } from './identity-effect.ts'
import { identityIntent } from './identity-intent.ts'

export interface QueuePlan {
  /** Capture begins with a new user: the queue holds a switch. */
  startsAsNewUser: boolean
  kept: Call[]
  discarded: Call[]
}

/**
 * An identity switch in the queue discards all that was queued before it, for whomever it was meant.
 * Only calls that would have been recorded: observers, reads and lifecycle calls stay (the vendor's
 * facts leave this open; without it an `observe` in the page's head would never fire).
 */
export function planQueue(queue: Call[], uidHash: string | null): QueuePlan {
  let switchAt = -1
  let holder = uidHash
  queue.forEach((call, index) => {
    const intent = identityIntent(call)
    const effect = identityEffect(intent, holder)
    if (effect === 'switch') switchAt = index
    if (effect === 'switch' || effect === 'stitch')
      holder = intent.kind === 'uid' ? hashUid(intent.uid) : null
  })
  const isDiscarded = (call: Call, index: number) => index < switchAt && isData(call)
  return {
    startsAsNewUser: switchAt >= 0,
    kept: queue.filter((call, index) => !isDiscarded(call, index)),
    discarded: queue.filter(isDiscarded),
  }
}
