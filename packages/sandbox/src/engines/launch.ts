import type { Browser } from 'playwright-core'
import { engine } from './capabilities.ts'

/** The browser that the tests are run on. */
export async function launchBrowser(): Promise<Browser> {
  const name = engine()
  if (name === 'firefox') return (await import('./firefox.ts')).launchFirefox()
  if (name === 'webkit') return (await import('./webkit/browser.ts')).launchWebKit()
  return (await import('./chromium.ts')).launchChromium()
}
