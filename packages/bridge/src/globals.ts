/**
 * The only file that touches the page's globals. Everything is read when it is used, never on import, so that
 * importing works in Node and in workers, and so that a global replaced at run time is seen.
 */

/** The page's window, or `undefined` where there is none (server rendering, workers). */
export const pageWindow = (): (Window & Record<string, unknown>) | undefined =>
  typeof window === 'object' ? (window as unknown as Window & Record<string, unknown>) : undefined

/** The page's document, or `undefined` where there is none. */
export const pageDocument = (): Document | undefined => pageWindow()?.document

/** Milliseconds from a clock that neither the user nor a time server can set back. */
export const monotonicNow = (): number => performance.now()

/**
 * Whether misuse may be explained on the console: bundlers replace the expression below in application builds, and
 * on a page without a bundler a local host name stands for a developer's machine.
 */
export const isDevelopment = (): boolean => {
  try {
    return process.env.NODE_ENV !== 'production'
  } catch {
    return /^(localhost|127\.0\.0\.1|\[::1])$|\.(local|localhost|test)$/.test(pageWindow()?.location.hostname ?? '')
  }
}

/** Calls `listener` when the page is being hidden or left: the last moment at which a call still goes out. */
export const onPageLeave = (listener: () => void): (() => void) => {
  const page = pageWindow()
  const hidden = () => page?.document.visibilityState === 'hidden' && listener()
  page?.addEventListener('pagehide', listener)
  page?.document.addEventListener('visibilitychange', hidden)
  return () => {
    page?.removeEventListener('pagehide', listener)
    page?.document.removeEventListener('visibilitychange', hidden)
  }
}
