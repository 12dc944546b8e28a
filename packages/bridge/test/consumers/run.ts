/**
 * Installs the packed library in projects of its own, builds them with the tools that stores use, and opens the result
 * in a browser with the vendors' real SDKs: one person and one flag have to arrive at both. Prints a table. Arguments
 * are names of consumers; without any, all are run.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser, startSandbox } from '@retention-bridge/sandbox'
import { packageRoot } from '../../scripts/entry-points.ts'
import { pack } from '../../scripts/pack.ts'
import { CONSUMERS, type Row, type Tools } from './consumers.ts'
import { prepareProject } from './project.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))

const columns = (row: Row): string[] => [
  row.consumer,
  row.version,
  row.bytes ? `${row.bytes.raw}` : '',
  row.bytes ? `${row.bytes.brotli}` : '',
  row.ran,
]
const print = (lines: string[][]): void => {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map(line => line[at]?.length ?? 0)))
  for (const line of lines)
    console.log(
      line
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !Object.hasOwn(CONSUMERS, name))
if (unknown.length) throw new Error(`No consumer of that name: ${unknown.join(', ')}`)

// A folder of one's own is kept, and with it what was installed.
const { CONSUMERS_FOLDER } = process.env
const directory = CONSUMERS_FOLDER ?? mkdtempSync(join(tmpdir(), 'retention-bridge-consumers-'))
if (directory.startsWith(repository))
  throw new Error('The folder is in the repository, whose packages it would find')
mkdirSync(directory, { recursive: true })
const [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()])
const rows: Row[] = []
try {
  const tarball = pack(packageRoot, directory)
  const tools: Tools = { sandbox, browser }
  for (const [name, use] of Object.entries(CONSUMERS)) {
    if (wanted.length && !wanted.includes(name)) continue
    const start = performance.now()
    try {
      const project = await prepareProject(name, directory, tarball.path)
      const installed = performance.now()
      rows.push(...(await use(project, tools)))
      const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0)
      console.log(
        `${name}: ${seconds(start, installed)} s to install, ${seconds(installed, performance.now())} s to build and run`,
      )
    } catch (error) {
      process.exitCode = 1
      console.error(error instanceof Error ? error.message : error)
      rows.push({ consumer: name, version: '', ran: 'FAILED' })
    }
  }
} finally {
  await Promise.all([browser.close(), sandbox.close()])
  if (!CONSUMERS_FOLDER) rmSync(directory, { recursive: true, force: true })
}
print([['consumer', 'version', 'bytes', 'brotli', 'ran'], ...rows.map(columns)])
