import type { BrowserContext } from 'playwright-core'
import { engine } from './capabilities.ts'

/**
 * In Firefox and WebKit requests fail in a page that is left, of which they tell as of errors; and the page lives long
 * enough for Customer.io's SDK to complain.
 */
const OF_LEAVING =
  /^(Error: )?(Cross-Origin Request Blocked|The Same Origin Policy disallows)|^\[analytics\.js\] Failed to load|^Error sending performance metrics|^(TypeError: )?(NetworkError when|Load failed)/

/** Whether a line or an error is about a request that ended with its page, and so not the page's doing. */
export const isOfLeaving = (text: string): boolean => engine() !== 'chromium' && OF_LEAVING.test(text)

/** Adds what pages of a visitor throw from now on. */
export const collectErrors = (visitor: BrowserContext, errors: string[]): void => {
  visitor.on('weberror', error => {
    const text = String(error.error())
    if (!isOfLeaving(text)) errors.push(text)
  })
}
