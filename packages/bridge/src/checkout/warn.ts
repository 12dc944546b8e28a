import { warnOnce } from '../warn-once.ts'

/** As {@link warnOnce}, of a field of the checkout. */
export const warn = (field: string, expected: string): void => warnOnce(`checkout.${field}`, expected)
