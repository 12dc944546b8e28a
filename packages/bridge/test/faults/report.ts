import { readFile, writeFile } from 'node:fs/promises'
import { openStage } from '../browser/stage.ts'
import { playHour } from './hour.ts'
import { FAULTS } from './matrix.ts'
import { differences, play } from './play.ts'
import { DOCUMENT, RECORD, type Recorded, recordOf, tablesOf, withTables } from './record.ts'

/** `npm run faults`: plays each fault and the hour, prints the tables and writes them into `docs`. */
const SEED = 1
const PAGES = 100
/** Pages at a time: most of the time each of them waits. */
const AT_ONCE = 4

const stage = await openStage()
const rows: Recorded['rows'] = []
const failures: string[] = []
let next = 0

const playSome = async () => {
  for (let index = next++; index < FAULTS.length; index = next++) {
    const fault = FAULTS[index] as (typeof FAULTS)[number]
    const { result, problems } = await play(stage, fault)
    const name = `${fault.group}: ${fault.what}`
    const wrong = differences(result, fault).map(
      key => `${key} ${result[key]}, not ${fault.expected?.[key] ?? 0}`,
    )
    if (wrong.length) failures.push([name, ...wrong, ...problems].join('\n  '))
    rows[index] = recordOf(fault, result)
    console.log(wrong.length ? 'wrong' : 'ok   ', name)
  }
}

const [{ problems, ...hour }] = await Promise.all([
  playHour(stage, SEED, PAGES),
  ...Array.from({ length: AT_ONCE }, playSome),
])
await stage.close()
const { lostAtCustomerio, lostAtFullstory, doubled, atWrongPerson, leaked, violations, errors, agrees } = hour
if (!agrees || lostAtCustomerio + lostAtFullstory + doubled + atWrongPerson + leaked + violations + errors)
  failures.push(['An hour', JSON.stringify(hour), ...problems].join('\n  '))

const recorded: Recorded = { rows, hour: { seed: SEED, ...hour } }
const tables = tablesOf(recorded)
console.log(tables)
if (failures.length) {
  console.error(failures.join('\n'))
  process.exitCode = 1
} else {
  await writeFile(RECORD, `${JSON.stringify(recorded, null, 2)}\n`)
  await writeFile(DOCUMENT, withTables(await readFile(DOCUMENT, 'utf8'), tables))
}
