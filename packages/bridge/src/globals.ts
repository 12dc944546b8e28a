/**
 * The only file that touches the page's globals. Everything is read when it is used, never on import, so that
 * importing works in Node and in workers, and so that a global replaced at run time is seen.
 */

type Page = Window & Record<string, unknown>

/** The page's window, or `undefined` where there is none (server rendering, workers). */
export const pageWindow = (): Page | undefined =>
  typeof window === 'object' ? (window as unknown as Page) : undefined

/** Milliseconds from a clock that neither the user nor a time server can set back. */
export const monotonicNow = (): number => performance.now()

/** Whether a request for this address has come to an end, however it ended. */
export const resourceArrived = (address: string): boolean => !!performance.getEntriesByName(address)[0]

/** Calls `listener` when the page is being hidden or left: the last moment at which a call still goes out. */
export const onPageLeave = (listener: () => void, signal: AbortSignal): void => {
  for (const type of ['pagehide', 'visibilitychange'])
    pageWindow()?.addEventListener(type, listener, { signal })
}
