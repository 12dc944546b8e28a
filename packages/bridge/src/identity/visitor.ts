/** When flags run out, by their name; epoch milliseconds. */
export type Owed = Record<string, number | undefined>

/** Who is in front of the page; with neither id nor address, an anonymous visitor. */
export interface Visitor {
  /** Place in the order of this browser's visitors; 0 for whoever is there before anybody was announced. */
  readonly n: number
  /** The shared ID of a known person. */
  readonly id: string | null
  /** The e-mail address of a guest, trimmed and in lower case. */
  readonly guest: string | null
  /** Nothing that was done before is theirs. */
  readonly cut?: boolean
  /** What Customer.io calls the visitor, known or not: other tabs have to go on with that. */
  anonymousId?: string | null
  /** When flags run out that were set before they left, or before they were here last; epoch milliseconds. */
  owed?: Owed
}

/**
 * What it means that one visitor is followed by another. This is the whole state machine; the table in
 * ARCHITECTURE.md lists it with what each vendor is told.
 * - `unchanged`: the same one
 * - `stitched`: an anonymous visitor is known now, or a guest turns out to be this person or has an account under the
 *   same id; what was theirs stays
 * - `switched`: somebody else; nothing is carried over
 * - `left`: nobody is known any more; nothing is carried over
 */
export type Change = 'unchanged' | 'stitched' | 'switched' | 'left'

/** `email` is what is known of the address of the visitor who comes. */
export const changeOf = (from: Visitor, id: string | null, guest: string | null, email?: string): Change =>
  from.id === id && from.guest === guest
    ? 'unchanged'
    : !id && !guest
      ? 'left'
      : (from.id ? from.id === id : !from.guest || from.guest === email)
        ? 'stitched'
        : 'switched'
