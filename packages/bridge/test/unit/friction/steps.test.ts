import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeSteps } from '../../../src/friction/steps.ts'

const loopsOf = (steps: readonly (string | undefined)[]) => {
  const loops: unknown[][] = []
  const visit = judgeSteps((...said) => loops.push(said))
  for (const step of steps) visit(step)
  return loops
}

test('a loop is there, back, there and back; where it is told, two steps were taken in turn', () => {
  expect(loopsOf(['shipping', 'payment', 'shipping', 'payment', 'shipping'])).toEqual([
    ['step_loop', 'payment', 4],
  ])
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', undefined), { maxLength: 12 }), steps => {
      const moves = steps.filter((step, index) => step !== steps[index - 1])
      const isLoop = moves.some((step, index) => {
        const [first, second, third, fourth] = moves.slice(index - 4, index)
        return index > 3 && step && second && step === first && step === third && second === fourth
      })
      expect(loopsOf(steps).length > 0).toBe(isLoop)
    }),
  )
})

test('the same step again is no step', () => {
  expect(loopsOf(['a', 'a', 'b', 'b', 'a', 'a', 'b'])).toEqual([])
})
