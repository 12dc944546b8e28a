import { engine } from './capabilities.ts'

const OF_THE_BROWSER =
  /^(Error: )?(Failed to load resource|Cross-Origin Request Blocked|The Same Origin Policy disallows|Loading (module )?from|Loading failed)/
/** In Firefox requests fail in a page that is left, and the page lives long enough for Customer.io's SDK to say so. */
const OF_LEAVING =
  /^\[analytics\.js\] Failed to load|^Error sending performance metrics|^(TypeError: )?NetworkError when/

/** Whether it is a line about a request that failed, or that ended with its page, and so not the page's doing. */
export const isOfTheBrowser = (text: string): boolean =>
  OF_THE_BROWSER.test(text) || (engine() === 'firefox' && OF_LEAVING.test(text))
