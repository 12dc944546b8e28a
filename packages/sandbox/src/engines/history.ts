import type { Page } from 'playwright-core'

/**
 * As the buttons Back (`-1`) and Forward (`1`). Not `page.goBack()`, which waits in Firefox for a load that does not
 * happen when the page comes out of the back/forward cache.
 */
export const goInHistory = async (page: Page, by: -1 | 1): Promise<void> => {
  const from = await page.evaluate(steps => {
    // The page is gone before it could answer.
    setTimeout(() => history.go(steps))
    return location.href
  }, by)
  // In Firefox `page.url()` is not that of a page from the cache.
  await page.waitForFunction(left => location.href !== left, from)
}
