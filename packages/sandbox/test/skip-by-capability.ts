import { TestRunner } from 'vitest'
import { whenLacking } from '../src/index.ts'

/** A test that needs what this engine lacks ends there, as skipped, and the report says why. */
whenLacking(({ note }) => {
  // In a hook there is no test: those then fail there, for the same reason.
  TestRunner.getCurrentTest()?.context.skip(note)
})
