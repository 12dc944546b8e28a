import { execFileSync } from 'node:child_process'

/** What the README promises. */
const BASELINE = 'es2020'

const isScript = (file: string) => /\.cjs$|\.iife\.js$|(custom-pixel|tell-checkout)\.js$/.test(file)
// Runs where a store's tests run. Its syntax has to be as old as the rest's, since bundlers read it.
const isForTests = (file: string) => /\/testing\/index\.c?js$/.test(file)

/** Fails when a file has syntax of a later edition, or, in what shoppers load, calls what only that has. */
export const checkBaseline = (folder: string, files: readonly string[]): void => {
  const check = (some: readonly string[], ...options: string[]) => {
    if (some.length)
      execFileSync('es-check', [BASELINE, ...some, ...options], {
        cwd: folder,
        stdio: ['ignore', 'inherit', 'inherit'],
      })
  }
  const scripts = files.filter(isScript)
  const modules = files.filter(file => !isScript(file))
  check(scripts)
  check(modules, '--module')
  check(
    scripts.filter(file => !isForTests(file)),
    '--checkFeatures',
  )
  check(
    modules.filter(file => !isForTests(file)),
    '--module',
    '--checkFeatures',
  )
}
