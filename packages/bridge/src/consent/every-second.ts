import { pageDocument } from '../globals.ts'

/** Calls `act` every second while the page is visible, until it answers true or the signal. */
export const everySecond = (act: () => unknown, signal: AbortSignal): void => {
  const page = pageDocument()
  // On a server it would keep the process alive.
  if (!page || signal.aborted) return
  const timer = setInterval(() => {
    if (!page.hidden && act()) clearInterval(timer)
  }, 1000)
  signal.addEventListener('abort', () => clearInterval(timer))
}
