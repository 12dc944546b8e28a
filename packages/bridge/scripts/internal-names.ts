/**
 * Properties that only the core's own files share: not part of any type a user sees, and in no other built file. The
 * minifier shortens them.
 */
const INTERNAL = 'begin confirm drained draining news refused restore settle turned unsent wake'

/** Matches an internal name. */
export const internalNames = new RegExp(`^(${INTERNAL.replaceAll(' ', '|')})$`)
