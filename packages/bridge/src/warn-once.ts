/** What the console has heard of; the rest goes unsaid. */
const warned = new Set<string>()
const KEPT = 50

/**
 * Says once for each field of an entry point, in the development build, what is expected there. The value is not
 * shown: it may be personal.
 */
export const warnOnce = (field: string, expected: string): void => {
  if (process.env.NODE_ENV !== 'production' && warned.size < KEPT && !warned.has(field)) {
    warned.add(field)
    console.warn(`[retention-bridge] ${field}: left out. Expected ${expected}`)
  }
}
