import { execFileSync } from 'node:child_process'

/** What the README promises. */
const BASELINE = 'es2020'

const isScript = (file: string) => /\.cjs$|\.iife\.js$|(custom-pixel|tell-checkout)\.js$/.test(file)

/** Fails when a file has syntax, or calls what the language has, of a later edition than {@link BASELINE}. */
export const checkBaseline = (folder: string, files: readonly string[]): void => {
  const modules = files.filter(file => !isScript(file))
  const check = (some: readonly string[], ...options: string[]) =>
    execFileSync('es-check', [BASELINE, ...some, '--checkFeatures', ...options], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  check(files.filter(isScript))
  check(modules, '--module')
}
