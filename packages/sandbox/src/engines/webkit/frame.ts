import type { WebElement } from 'selenium-webdriver'
import { evaluate, MissingFrame, type Turn } from './evaluate.ts'
import { keyboardOf } from './keyboard.ts'
import { Locator } from './locator.ts'
import { mouseOf } from './mouse.ts'
import { type RoleOptions, selectors, type Text } from './selectors.ts'

/** Playwright's frame locator, as far as it is used, for the frame whose element a selector finds. */
export const frameIn = (turnOfPage: Turn, selector: string) => {
  const turn: Turn = act =>
    turnOfPage(async driver => {
      const frame = await driver.executeScript<WebElement | null>(
        'return document.querySelector(arguments[0])',
        selector,
      )
      if (!frame) throw new MissingFrame(`no frame ${selector}`)
      await driver.switchTo().frame(frame)
      try {
        return await act(driver)
      } finally {
        await driver.switchTo().defaultContent()
      }
    })
  const place = {
    ask: (script: unknown, argument?: unknown) => evaluate(turn, script, argument, { injected: true }),
    mouse: mouseOf(turn),
    keyboard: keyboardOf(turn),
  }
  const locator = (selector: string) => new Locator(place, selector)
  return {
    locator,
    getByRole: (role: string, options?: RoleOptions) => locator(selectors.role(role, options)),
    getByText: (text: Text, options?: { exact?: boolean }) => locator(selectors.text(text, options)),
    getByLabel: (text: Text, options?: { exact?: boolean }) => locator(selectors.label(text, options)),
  }
}
