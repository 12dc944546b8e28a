/** Checks the package as a user gets it: packs it, then lists, lints, installs, runs and type-checks the tarball. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkConsumer } from './consumer.ts'
import { packageRoot } from './entry-points.ts'
import { unexpectedFiles } from './packed-files.ts'

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: packageRoot, stdio: 'inherit' })

const directory = mkdtempSync(join(tmpdir(), 'retention-bridge-pack-'))
try {
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', directory], {
    cwd: packageRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [packed] = JSON.parse(output) as [{ filename: string; files: { path: string }[]; size: number }]
  const tarball = join(directory, packed.filename)

  const complaints = unexpectedFiles(packed.files.map(file => file.path))
  if (complaints.length)
    throw new Error(`The packed files are not the expected ones:\n${complaints.join('\n')}`)
  console.log(`${packed.filename}: ${packed.files.length} files, ${packed.size} B`)

  run('publint', 'run', tarball, '--strict')
  run('attw', tarball, '--no-definitely-typed')
  checkConsumer(join(directory, 'consumer'), tarball)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}
