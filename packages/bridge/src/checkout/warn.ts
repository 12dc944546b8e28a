/** Fields that the console has heard of. */
const warned = new Set<string>()

/**
 * Says once for each field, in the development build, what is expected there. The value is not shown: it may be
 * personal.
 */
export const warn = (field: string, expected: string): void => {
  if (process.env.NODE_ENV !== 'production' && !warned.has(field)) {
    warned.add(field)
    console.warn(`[retention-bridge] checkout.${field}: left out. Expected ${expected}`)
  }
}
