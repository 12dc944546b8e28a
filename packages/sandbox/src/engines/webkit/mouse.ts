import { type Actions, Button, Origin } from 'selenium-webdriver'
import type { Turn } from './evaluate.ts'

/** Playwright's mouse, as far as it is used. */
export const mouseOf = (turn: Turn) => {
  let at = { x: 0, y: 0 }
  const act = (say: (actions: Actions) => Actions) =>
    turn(async driver => {
      await say(driver.actions({ async: true })).perform()
    })
  const to = (actions: Actions, x: number, y: number) => {
    at = { x: Math.round(x), y: Math.round(y) }
    return actions.move({ ...at, duration: 0, origin: Origin.VIEWPORT })
  }
  return {
    move: (x: number, y: number, { steps = 1 } = {}) =>
      act(actions => {
        const from = at
        for (let step = 1; step <= steps; step++)
          to(actions, from.x + ((x - from.x) * step) / steps, from.y + ((y - from.y) * step) / steps)
        return actions
      }),
    down: () => act(actions => actions.press(Button.LEFT)),
    up: () => act(actions => actions.release(Button.LEFT)),
    click: (x: number, y: number, { clickCount = 1 } = {}) =>
      act(actions => {
        to(actions, x, y)
        for (let count = 0; count < clickCount; count++) actions.press(Button.LEFT).release(Button.LEFT)
        return actions
      }),
  }
}
