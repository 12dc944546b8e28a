import { hashUid } from './fs-uid-cookie.ts'
import type { IdentityIntent } from './identity-intent.ts'

export type IdentityEffect = 'none' | 'stitch' | 'same' | 'switch'

/** What an intent means for a visitor whose uid has this hash (`null`: anonymous). */
export function identityEffect(intent: IdentityIntent, uidHash: string | null): IdentityEffect {
  if (intent.kind === 'anonymous') return uidHash === null ? 'none' : 'switch'
  if (intent.kind !== 'uid') return 'none'
  if (uidHash === null) return 'stitch'
  return uidHash === hashUid(intent.uid) ? 'same' : 'switch'
}
