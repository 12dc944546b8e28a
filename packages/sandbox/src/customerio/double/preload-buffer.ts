/** A method's name and its arguments. */
export type BufferedCall = readonly [method: string, ...given: unknown[]]

/** Done as soon as the script is there; everything else when its plugins are. */
export const isEarly = ([method]: BufferedCall): boolean => method === 'setAnonymousId' || method === 'on'

/**
 * Calls made before the SDK was there in the order in which it repeats them, each in a task of its own: grouped by
 * method, not as they were made (`src/core/buffer/index.ts`).
 */
export function groupedByMethod(calls: readonly BufferedCall[]): BufferedCall[] {
  const methods = [...new Set(calls.map(([method]) => method))]
  return methods.flatMap(method => calls.filter(call => call[0] === method))
}
