import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

export interface EngineResult {
  files: number
  passed: number
  /** Names of tests, and of files that could not be run. */
  failed: string[]
  skipped: { name: string; note?: string }[]
  /** How many errors belong to no test. */
  unhandled: number
}

/** Leaves the result of a run, with the reasons of skipped tests, where `RB_ENGINE_RESULT` says. */
export default class EngineReporter implements Reporter {
  /** At once: a run takes up to an hour. */
  onTestCaseResult(test: TestCase) {
    const { state, errors } = test.result()
    if (state === 'failed') for (const { message } of errors) console.error(`${test.fullName}: ${message}`)
  }

  onTestRunEnd(modules: readonly TestModule[], { length: unhandled }: readonly unknown[]) {
    const result: EngineResult = { files: modules.length, passed: 0, failed: [], skipped: [], unhandled }
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      const broken = module.errors().length > 0 || tests.length === 0
      if (broken) result.failed.push(module.relativeModuleId)
      for (const test of tests) count(test, result, `${module.relativeModuleId} > ${test.fullName}`)
    }
    const path = process.env.RB_ENGINE_RESULT
    if (path) writeFileSync(path, JSON.stringify(result))
  }
}

const count = (test: TestCase, result: EngineResult, name: string) => {
  const outcome = test.result()
  if (outcome.state === 'passed') result.passed++
  else if (outcome.state === 'skipped') result.skipped.push({ name, note: outcome.note })
  else result.failed.push(name)
}
