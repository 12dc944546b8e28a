import { pageWindow } from '../globals.ts'

/** Calls `act` every second while the page is visible, until it answers true or the signal. */
export const everySecond = (act: () => unknown, signal: AbortSignal): void => {
  const page = pageWindow()?.document
  // On a server it would keep the process alive.
  if (!page) return
  const timer = setInterval(() => {
    if (signal.aborted || (!page.hidden && act())) clearInterval(timer)
  }, 1000)
}
