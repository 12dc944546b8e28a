import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { collectGarbage } from './garbage.ts'
import { runSequence } from './run-sequence.ts'
import { loadScripts, type Scripts } from './scripts.ts'
import { inWords, sequences } from './steps.ts'

/** MODEL_SEED repeats a run or begins another one; MODEL_RUNS makes it longer. */
const SEED = Number(process.env.MODEL_SEED ?? 20260105)
const RUNS = Number(process.env.MODEL_RUNS ?? 2_000)
let scripts: Scripts
let count = 0

beforeAll(async () => {
  scripts = await loadScripts()
})

test(`${RUNS} random sequences keep ONE-ID, NO-LEAK and ONCE (MODEL_SEED=${SEED})`, async () => {
  const { counterexample, errorInstance, numRuns, numShrinks } = await fc.check(
    fc.asyncProperty(sequences, async sequence => {
      if (++count % 50 === 0) collectGarbage()
      await runSequence(scripts, sequence)
    }),
    { seed: SEED, numRuns: RUNS },
  )
  const report = counterexample
    ? [
        `${errorInstance}`,
        inWords(counterexample[0]),
        `run ${numRuns} of MODEL_SEED=${SEED}, in ${numShrinks} steps made as small as it gets`,
      ]
    : []
  expect(report.join('\n')).toBe('')
})
