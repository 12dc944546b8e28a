import type { Browser, BrowserContext } from 'playwright-core'
import { engine } from './capabilities.ts'

const launched: Browser[] = []

/** The visitors in all browsers that were launched here. */
export const openContexts = (): BrowserContext[] => launched.flatMap(browser => browser.contexts())

/** The browser that the tests are run on. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await launch()
  launched.push(browser)
  return browser
}

async function launch(): Promise<Browser> {
  const name = engine()
  if (name === 'firefox') return (await import('./firefox.ts')).launchFirefox()
  if (name === 'webkit') return (await import('./webkit/browser.ts')).launchWebKit()
  return (await import('./chromium.ts')).launchChromium()
}
