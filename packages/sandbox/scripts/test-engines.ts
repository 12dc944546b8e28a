import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ENGINES, type Engine, LACKING } from '../src/index.ts'
import type { EngineResult } from './engine-reporter.ts'
import { installEngines } from './install-engines.ts'

/**
 * `npm run test:engines [-- engine… file…]`: the browser suite on each engine, by custom on all; as many engines at a
 * time as there are processors. Files with a failure are run again when nothing else runs: what fails twice has failed,
 * what does not is named, since it may be more than a busy machine.
 */
const given = process.argv.slice(2)
const isEngine = (name: string): name is Engine => ENGINES.some(engine => engine === name)
const chosen = given.filter(isEngine)
const engines = chosen.length ? chosen : ENGINES
const files = given.filter(name => !isEngine(name))
/** More files than these are not the machine's doing. */
const AGAIN = 5

const reporter = new URL('engine-reporter.ts', import.meta.url).pathname

const run = async (engine: Engine, files: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  const path = join(folder, 'result.json')
  const began = Date.now()
  const suite = spawn(
    'npx',
    ['vitest', 'run', '--project', 'browser', '--reporter=default', `--reporter=${reporter}`, ...files],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, RB_ENGINE: engine, RB_ENGINE_RESULT: path },
    },
  )
  const tell = (line: string) =>
    console.log(`${engine} ${(performance.now() / 60_000).toFixed(1)} min | ${line}`)
  for (const input of [suite.stdout, suite.stderr]) createInterface({ input }).on('line', tell)
  const [status] = await once(suite, 'close')
  try {
    const result: EngineResult = JSON.parse(readFileSync(path, 'utf8'))
    return { engine, status, result, unsteady: [] as string[], minutes: (Date.now() - began) / 60_000 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
type Run = Awaited<ReturnType<typeof run>>

/** The run, as it is once its failures were tried again. */
const runAgain = async (first: Run): Promise<Run> => {
  const { engine, result } = first
  const broken = [...new Set(result.failed.map(name => name.split(' > ')[0] as string))]
  if (!broken.length || broken.length > AGAIN || result.unhandled) return first
  const { status, result: second } = await run(engine, broken)
  const failed = second.files ? second.failed : result.failed
  const unsteady = result.failed.filter(name => !failed.includes(name))
  return {
    ...first,
    status,
    unsteady,
    result: { ...result, failed, passed: result.passed + unsteady.length },
  }
}

const runAll = async (): Promise<Run[]> => {
  const left = [...engines]
  const runs: Run[] = []
  const runSome = async () => {
    for (let engine = left.shift(); engine; engine = left.shift()) runs.push(await run(engine, files))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, runSome))
  return runs.sort((one, other) => ENGINES.indexOf(one.engine) - ENGINES.indexOf(other.engine))
}

/** The capability that a test was skipped for; a test that does not say so is not to be skipped at all. */
const capabilityOf = (engine: Engine, note = '') =>
  Object.keys(LACKING[engine]).find(name => note.startsWith(`${name}:`))

installEngines(engines)
const runs: Run[] = []
for (const first of await runAll()) runs.push(await runAgain(first))

let isGreen = true
for (const { engine, status, result, unsteady } of runs) {
  const unexplained = result.skipped.filter(({ note }) => !capabilityOf(engine, note))
  if (status || result.failed.length || unexplained.length) isGreen = false
  for (const name of unsteady) console.log(`${engine} failed at first, and not alone: ${name}`)
  for (const name of result.failed) console.log(`${engine} failed: ${name}`)
  for (const { name } of unexplained) console.log(`${engine} skipped without a capability: ${name}`)
  for (const { name, note } of result.skipped) if (note) console.log(`${engine} skipped: ${name} (${note})`)
}
console.table(
  runs.map(({ engine, result, minutes, unsteady }) => {
    const by = new Map<string, number>()
    for (const { note } of result.skipped) {
      const name = capabilityOf(engine, note) ?? 'without a reason'
      by.set(name, (by.get(name) ?? 0) + 1)
    }
    return {
      engine,
      files: result.files,
      passed: result.passed,
      failed: result.failed.length,
      'failed at first': unsteady.length,
      skipped: result.skipped.length,
      'for want of': [...by].map(([name, count]) => `${name} ${count}`).join(', '),
      minutes: minutes.toFixed(1),
    }
  }),
)
process.exitCode = isGreen ? 0 : 1
