import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { withTables } from '../src/document.ts'
import type { Report } from '../src/report.ts'
import { brokenRuleCount, NAMES, vendorCallCount, wrongPersonCount } from '../src/tables.ts'

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${name}`, import.meta.url)), 'utf8')

const report = JSON.parse(read('docs/benchmarks.json')) as Report

it('has the tables of docs/benchmarks.md from docs/benchmarks.json', () => {
  const document = read('docs/benchmarks.md')
  expect(withTables(document, report)).toBe(document)
})

it('has the figures of README.md from docs/benchmarks.json', () => {
  const readme = read('README.md')
  const start = readme.indexOf('## Beside the alternatives')
  const section = readme.slice(start, readme.indexOf('\n## ', start + 1))
  const rows = section.split('\n').filter(line => /^\| .*\d/.test(line))
  const expected = Object.entries(report.correctness).map(([key, one]) => {
    const size = report.bytes[key]
    const cells = [
      NAMES[key],
      size ? `${(size.brotli / 1000).toFixed(2)} kB` : '–',
      String(vendorCallCount(one)),
      String(brokenRuleCount(one)),
      String(wrongPersonCount(one)),
    ]
    return `| ${cells.join(' | ')} |`
  })
  expect(rows).toEqual(expected)
})
