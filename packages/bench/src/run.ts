/**
 * Prints what the alternatives to this library cost and get wrong beside it, in the same browser and run, and writes it
 * to `docs/benchmarks.json` and into the tables of `docs/benchmarks.md`. Names of parts measure those only and keep the
 * others as they are; `--quick` only shows that it runs, and writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { openBenchStage } from './bench-stage.ts'
import { measureBytes } from './bytes.ts'
import { type Correctness, runJourney } from './correctness.ts'
import { withTables } from './document.ts'
import { measureGrowth } from './growth.ts'
import { PEERS } from './peer-names.ts'
import type { Report } from './report.ts'
import { measureSessionLinks } from './session-link.ts'
import { tablesOf } from './tables.ts'
import { measureTimes } from './times.ts'
import { told } from './told.ts'

const chosen = process.argv.slice(2).filter(argument => argument !== '--quick')
const quick = process.argv.includes('--quick')
const rounds = quick
  ? { starts: 1, calls: 1, loads: 1, missing: 2_000 }
  : { starts: 7, calls: 3, loads: 5, missing: 100_000 }
const span = quick ? { rates: 1_000, tabs: 1_000 } : { rates: 15_000, tabs: 10_000 }

const documents = (name: string) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url))

const stage = await openBenchStage()
const parts: Record<string, () => Promise<unknown>> = {
  bytes: measureBytes,
  correctness: async () => {
    const found: Record<string, Correctness> = {}
    for (const peer of PEERS) found[peer] = told(`session, ${peer}`, await runJourney(stage, peer))
    return found
  },
  sessionLinks: async () => ({
    documented: await measureSessionLinks(stage, { helped: false }),
    helped: await measureSessionLinks(stage, { helped: true }),
  }),
  times: () => measureTimes(stage, rounds),
  growth: () => measureGrowth(stage, span),
}

try {
  const unknown = chosen.filter(name => !(name in parts))
  if (unknown.length) throw new Error(`no part ${unknown}, but ${Object.keys(parts)}`)
  const measured: Record<string, unknown> = {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cores: availableParallelism(),
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      browser: `Chromium ${stage.browser.version()}`,
      node: process.versions.node,
    },
  }
  for (const [name, measure] of Object.entries(parts))
    if (!chosen.length || chosen.includes(name)) measured[name] = told(name, await measure())
  const kept = chosen.length ? JSON.parse(readFileSync(documents('benchmarks.json'), 'utf8')) : {}
  const report: Report = { ...kept, ...measured }
  for (const [name, table] of tablesOf(report)) console.log(`\n${name}\n\n${table}`)
  if (!quick) {
    writeFileSync(documents('benchmarks.json'), `${JSON.stringify(report, null, 2)}\n`)
    const path = documents('benchmarks.md')
    writeFileSync(path, withTables(readFileSync(path, 'utf8'), report))
  }
} finally {
  await stage.close()
}
