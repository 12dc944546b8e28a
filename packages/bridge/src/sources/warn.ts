/** What the console has heard of. */
const warned = new Set<string>()

/**
 * Says once for each function, in the development build, what is expected there. The value is not shown: it may be
 * personal.
 */
export const warn = (name: string, expected: string): void => {
  if (process.env.NODE_ENV !== 'production' && !warned.has(name)) {
    warned.add(name)
    console.warn(`[retention-bridge] ${name}: left out. Expected ${expected}`)
  }
}
