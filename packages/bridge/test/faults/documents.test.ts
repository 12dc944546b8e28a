import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { FAULTS } from './matrix.ts'
import { COLUMNS, DOCUMENT, RECORD, type Recorded, recordOf, tablesOf, withTables } from './record.ts'

const recorded = async () => JSON.parse(await readFile(RECORD, 'utf8')) as Recorded

test('the tables of docs/faults.md are those of docs/faults.json', async () => {
  const document = await readFile(DOCUMENT, 'utf8')
  expect(document).toBe(withTables(document, tablesOf(await recorded())))
})

test('docs/faults.json has each fault, with the numbers that its test insists on', async () => {
  const { rows } = await recorded()
  const expected = FAULTS.map(fault =>
    recordOf(fault, Object.fromEntries(COLUMNS.map(({ key }) => [key, fault.expected?.[key] ?? 0])) as never),
  )
  expect(rows).toEqual(expected)
})

test('what is not zero has a reason, and costs the other vendor nothing', () => {
  for (const { what, of, expected = {}, because } of FAULTS) {
    expect(Boolean(because), what).toBe(Object.keys(expected).length > 0)
    const [atCustomerio, atFullstory] = [expected.lostAtCustomerio ?? 0, expected.lostAtFullstory ?? 0]
    if (of === 'fullstory') expect(atCustomerio, what).toBe(0)
    if (of === 'customerio') expect([atFullstory, expected.flagsLost ?? 0], what).toEqual([0, 0])
    expect(expected.leaked ?? 0, what).toBe(0)
  }
})

test('the hour has lost nothing without a reason', async () => {
  const { hour } = await recorded()
  const { lostAtCustomerio, lostAtFullstory, doubled, atWrongPerson, leaked, violations, errors, agrees } =
    hour
  expect({
    lostAtCustomerio,
    lostAtFullstory,
    doubled,
    atWrongPerson,
    leaked,
    violations,
    errors,
    agrees,
  }).toEqual({
    lostAtCustomerio: 0,
    lostAtFullstory: 0,
    doubled: 0,
    atWrongPerson: 0,
    leaked: 0,
    violations: 0,
    errors: 0,
    agrees: true,
  })
})
