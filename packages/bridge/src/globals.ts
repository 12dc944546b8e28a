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
export const resourceArrived = (address: string): boolean => performance.getEntriesByName(address).length > 0

/** Reads a text of this browser's storage; `null` when there is none or storage is denied. */
export const readStored = (key: string): string | null => {
  try {
    return pageWindow()?.localStorage.getItem(key) ?? null
  } catch {
    return null
  }
}

/** Leaves a text in this browser's storage; false when storage is full or denied. */
export const writeStored = (key: string, text: string): boolean => {
  try {
    pageWindow()?.localStorage.setItem(key, text)
    return true
  } catch {
    return false
  }
}

/**
 * Calls `listener` when the page is being hidden or left (the last moment at which a call still goes out), when it
 * comes back (from the browser's cache, too), and when another tab has stored something.
 */
export const onPageTurn = (listener: () => void, signal: AbortSignal): void => {
  for (const type of ['pagehide', 'visibilitychange', 'pageshow', 'storage'])
    pageWindow()?.addEventListener(type, listener, { signal })
}
