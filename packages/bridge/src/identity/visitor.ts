/** Who is in front of the page; with neither, an anonymous visitor. */
export interface Visitor {
  /** The shared ID of a known person. */
  readonly id: string | null
  /** The e-mail address of a guest, trimmed and in lower case. */
  readonly guest: string | null
}

/** An anonymous visitor. */
export const NOBODY: Visitor = { id: null, guest: null }

/**
 * What it means that one visitor is followed by another. This is the whole state machine; the table in
 * ARCHITECTURE.md lists it with what each vendor is told.
 * - `unchanged`: the same one
 * - `stitched`: an anonymous visitor is known now, or a guest turns out to be this person; what was theirs stays
 * - `switched`: somebody else; nothing is carried over
 * - `left`: nobody is known any more; nothing is carried over
 */
export type Change = 'unchanged' | 'stitched' | 'switched' | 'left'

/** `email` is what is known of the address of the visitor who comes. */
export const changeOf = (from: Visitor, to: Visitor, email?: string): Change =>
  from.id === to.id && from.guest === to.guest
    ? 'unchanged'
    : !to.id && !to.guest
      ? 'left'
      : !from.id && (!from.guest || from.guest === email)
        ? 'stitched'
        : 'switched'

/** Trimmed and in lower case, as both the guest's address and its hash are made on the server, too. */
export const normalEmail = (email: unknown): string =>
  typeof email === 'string' ? email.trim().toLowerCase() : ''

/** SHA-256 of the normalized address, in hexadecimal. Rejects where the page is not served over https. */
export const hashEmail = async (email: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email))
  return Array.from(new Uint8Array(digest), byte => (byte + 256).toString(16).slice(1)).join('')
}
