import type { Browser } from 'playwright-core'
import { type ContextOptions, WebKitContext } from './context.ts'
import { openDisplay } from './display.ts'

/** WebKitGTK, driven by WebDriver, with the part of Playwright's interface that the tests use. */
export const launchWebKit = async (): Promise<Browser> => {
  const display = await openDisplay()
  const contexts = new Set<WebKitContext>()
  const newContext = async (options?: ContextOptions) => {
    const context = await WebKitContext.start(display.name, options)
    contexts.add(context)
    context.on('close', () => contexts.delete(context))
    return context
  }
  const browser = {
    newContext,
    newPage: async (options?: ContextOptions) => (await newContext(options)).newPage(),
    contexts: () => [...contexts],
    close: async () => {
      await Promise.all([...contexts].map(context => context.close()))
      display.close()
    },
  }
  return browser as unknown as Browser
}
