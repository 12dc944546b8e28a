/**
 * Properties that only the core's own files share: not part of any type a user sees, and in no other built file. The
 * minifier shortens them.
 */
const INTERNAL =
  'become begin confirm drain drained draining follows isKnown isOpen leave ledger mayBeEmail news refused restore settle showsGuests threw turned unsent visitor wake'

/** Matches an internal name. */
export const internalNames = new RegExp(`^(${INTERNAL.replaceAll(' ', '|')})$`)
