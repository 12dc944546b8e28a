import type { Say } from './judge-checkout.ts'

/** Times in a row that the visitor is where they were two steps before. */
const TURNS = 3

/** Two steps of the checkout in turn: there, back, there and back again. Without a step the checkout is over. */
export const judgeSteps = (say: Say): ((step: string | undefined) => void) => {
  let last: string | undefined
  let before: string | undefined
  let turns = 0
  return step => {
    if (step === last) return
    turns = step && step === before ? turns + 1 : 0
    before = last
    last = step
    if (turns >= TURNS) say('step_loop', before, turns + 1)
  }
}
