import { isRecord } from '../record.ts'
import { legalUid } from '../uid-rule.ts'
import type { Call } from './call.ts'

/** What a call wants to do to the identity, before anyone looks at who is identified. */
export type IdentityIntent =
  | { kind: 'none' }
  | { kind: 'anonymous' }
  | { kind: 'uid'; uid: string }
  | { kind: 'refused'; given: unknown }

const NONE: IdentityIntent = { kind: 'none' }

export function identityIntent(call: Call): IdentityIntent {
  if (call.op === 'setIdentity') return fromIdentityOptions(call.args)
  if (call.op !== 'setProperties' || !isRecord(call.args) || call.args.type !== 'user') return NONE
  const { properties } = call.args
  return isRecord(properties) && 'uid' in properties ? fromUid(properties.uid) : NONE
}

function fromIdentityOptions(options: unknown): IdentityIntent {
  if (typeof options === 'string' || options === false) return fromUid(options)
  if (!isRecord(options)) return NONE
  if (options.anonymous === true) return { kind: 'anonymous' }
  return 'uid' in options ? fromUid(options.uid) : NONE
}

function fromUid(given: unknown): IdentityIntent {
  if (given === false) return { kind: 'anonymous' }
  const uid = legalUid(given)
  return uid === null ? { kind: 'refused', given } : { kind: 'uid', uid }
}
