const OF_THE_BROWSER =
  /^(Error: )?(Failed to load resource|Cross-Origin Request Blocked|Loading (module )?from|Loading failed)/

/**
 * Whether it is a browser's own line about a request that failed, or that ended with its page, and so not the page's
 * doing. Firefox tells of some as of errors.
 */
export const isOfTheBrowser = (text: string): boolean => OF_THE_BROWSER.test(text)
