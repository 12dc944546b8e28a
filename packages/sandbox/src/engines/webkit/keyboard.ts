import { type Actions, Key } from 'selenium-webdriver'
import type { Turn } from './evaluate.ts'

const KEYS: Record<string, string> = {
  Enter: Key.ENTER,
  Tab: Key.TAB,
  Escape: Key.ESCAPE,
  Space: ' ',
  Backspace: Key.BACK_SPACE,
  Delete: Key.DELETE,
  ArrowDown: Key.ARROW_DOWN,
  ArrowUp: Key.ARROW_UP,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  Shift: Key.SHIFT,
  Control: Key.CONTROL,
  ControlOrMeta: Key.CONTROL,
  Alt: Key.ALT,
}
const keyOf = (name: string) => KEYS[name] ?? name

/** Playwright's keyboard, as far as it is used. */
export const keyboardOf = (turn: Turn) => {
  const act = (say: (actions: Actions) => Actions) =>
    turn(async driver => {
      await say(driver.actions({ async: true })).perform()
    })
  return {
    press: (combination: string) => {
      const names = combination === '+' ? ['+'] : combination.split('+')
      const keys = names.map(keyOf)
      return act(actions => {
        for (const key of keys) actions.keyDown(key)
        for (const key of keys.reverse()) actions.keyUp(key)
        return actions
      })
    },
    type: async (text: string) => {
      for (const key of text)
        await act(actions =>
          actions.keyDown(key === '\n' ? Key.ENTER : key).keyUp(key === '\n' ? Key.ENTER : key),
        )
    },
    insertText: (text: string) => act(actions => actions.sendKeys(text)),
    down: (name: string) => act(actions => actions.keyDown(keyOf(name))),
    up: (name: string) => act(actions => actions.keyUp(keyOf(name))),
  }
}
