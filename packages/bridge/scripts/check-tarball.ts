import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkBaseline } from './baseline.ts'
import { pack } from './pack.ts'

interface Expectations {
  /** Entry points that are no code to import. */
  assets?: string[]
  /** One line for each file that is missing or has no business there. */
  unexpectedFiles(files: readonly string[]): string[]
  /** Uses the tarball in a folder of its own. */
  consume(project: string, tarball: string): void
}

/** Checks the package in `folder` as a user gets it: packs it, then lists, lints and uses the tarball. */
export const checkTarball = (folder: string, expected: Expectations): void => {
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: 'inherit' })
  const directory = mkdtempSync(join(tmpdir(), 'retention-bridge-pack-'))
  try {
    const { path, files, size } = pack(folder, directory)
    const complaints = expected.unexpectedFiles(files)
    if (complaints.length)
      throw new Error(`The packed files are not the expected ones:\n${complaints.join('\n')}`)
    console.log(`${path.slice(directory.length + 1)}: ${files.length} files, ${size} B`)

    run('publint', 'run', path, '--strict')
    const excluded = expected.assets?.length ? ['--exclude-entrypoints', ...expected.assets] : []
    run('attw', path, '--no-definitely-typed', ...excluded)

    const scripts = files.filter(file => /^dist\/.+\.c?js$/.test(file))
    checkBaseline(folder, scripts)

    expected.consume(join(directory, 'consumer'), path)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
