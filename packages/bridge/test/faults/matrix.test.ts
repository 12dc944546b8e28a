import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage } from '../browser/stage.ts'
import { FAULTS } from './matrix.ts'
import { differences, play } from './play.ts'

/** The table of `docs/faults.md`, row by row. The hour is in `npm run faults` only. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

// Each row has a store and a browser profile of its own, and mostly waits.
describe.concurrent('what a fault costs', () => {
  test.each(FAULTS.map(fault => [`${fault.group}: ${fault.what}`, fault] as const))(
    '%s',
    { timeout: 120_000 },
    async (_, fault) => {
      const { result, problems } = await play(stage, fault)
      const wrong = differences(result, fault)
      expect({
        wrong: wrong.map(name => `${name}: ${result[name]}`),
        problems: wrong.length ? problems : [],
      }).toEqual({
        wrong: [],
        problems: [],
      })
    },
  )
})
