/**
 * The only file that touches the page's globals. Everything is read when it is used, never on import, so that
 * importing works in Node and in workers, and so that a global replaced at run time is seen.
 */

export type Page = Window & Record<string, unknown>

/** The page's window, or `undefined` where there is none (server rendering, workers). */
export const pageWindow = (): Page | undefined =>
  typeof window === 'object' ? (window as unknown as Page) : undefined

/** The page's document. Throws where there is no page. */
export const pageDocument = (): Document => document

/** Milliseconds from a clock that neither the user nor a time server can set back. */
export const monotonicNow = (): number => performance.now()

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
export const onPageTurn = (listener: (event: Event) => void, signal: AbortSignal): void => {
  for (const type of ['pagehide', 'visibilitychange', 'pageshow', 'storage'])
    pageWindow()?.addEventListener(type, listener, { signal })
}

/** This browser's storage. Throws where it is denied, or where there is no page. */
export const browserStorage = (): Storage => localStorage

/** This tab's storage. Throws where it is denied, or where there is no page. */
export const tabStorage = (): Storage => sessionStorage

/** The parts of the Navigation API in use; not in every browser, and not in TypeScript's DOM library yet. */
interface NavigationApi extends EventTarget {
  currentEntry: { key: string } | null
}
interface WithNavigation {
  navigation?: NavigationApi
  window?: Window
}

/**
 * Names the place in the tab's history that the page stands on: a reload and the back button lead to the same name, a
 * new visit of the same address to another. Without the Navigation API each document has its own.
 */
export const historyEntry = (): string | number =>
  (globalThis as WithNavigation).navigation?.currentEntry?.key ?? performance.timeOrigin

/**
 * Calls `left` when the document is left by something that is not of the page's own making (tab closed, address
 * typed, browser's own buttons), and `back` when it returns from the browser's cache. Links, forms and scripts are
 * the page's making. Where the browser has no Navigation API to tell them apart, `left` is not called.
 */
export const onLeaving = (left: () => void, back: () => void): void => {
  const { navigation, window: page } = globalThis as WithNavigation
  let own = !navigation
  navigation?.addEventListener('navigate', event => {
    own = !(event as Event & { destination: { sameDocument: boolean } }).destination.sameDocument
  })
  // Captured, so that it is said before the vendors' own listeners send the last they have.
  page?.addEventListener('pagehide', () => own || left(), true)
  page?.addEventListener('pageshow', ({ persisted }) => {
    own = !navigation
    if (persisted) back()
  })
}

/** Whether the document comes from the browser's history, and so perhaps from its cache. */
export const isShownAgain = (): boolean =>
  (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming)?.type === 'back_forward'

/** The address in the address bar. Throws where there is no page. */
export const pageAddress = (): string => location.href

/** Puts another address into the address bar; the page, its history and its state stay. */
export const replaceAddress = (address: string): void => history.replaceState(history.state, '', address)
