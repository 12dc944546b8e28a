import type { BrowserContext } from 'playwright-core'
import { afterEach, beforeEach } from 'vitest'
import { openContexts } from '../src/index.ts'

/**
 * The visitors of a test go with it: their pages would go on beside the next test, in Firefox in a process each, in
 * WebKit in a browser each. Who was there before it stays.
 */
let before: readonly BrowserContext[] = []
beforeEach(() => {
  before = openContexts()
})
afterEach(async () => {
  const came = openContexts().filter(context => !before.includes(context))
  await Promise.all(came.map(context => context.close()))
})
