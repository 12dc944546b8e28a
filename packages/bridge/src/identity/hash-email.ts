import type { IdentifyResult } from '../status.ts'
import type { Identity } from './identity.ts'

/** SHA-256 of the normalized address, in hexadecimal. Rejects where the page is not served over https. */
export const hashEmail = async (email: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email))
  return Array.from(new Uint8Array(digest), byte => (byte + 256).toString(16).slice(1)).join('')
}

/** A guest becomes the person of their hashed address, unless somebody else, `n` before, is there by then. */
export const hashGuest = async (
  identity: Identity,
  n: number,
  email: string,
  traits: Record<string, unknown>,
  before: IdentifyResult,
): Promise<IdentifyResult> => {
  const hash = await hashEmail(email)
  return n === identity.visitor.n ? identity.become(hash, email, 'guest', traits) : before
}
