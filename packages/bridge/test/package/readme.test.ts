import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'
import { FINDINGS } from '../../src/doctor/finding.ts'
import { codeBlocks, complaints } from './compile-documents.ts'

const readme = readFileSync(fileURLToPath(new URL('../../../../README.md', import.meta.url)), 'utf8')

it.each([
  ['dist/index.js', 'with brotli'],
  ['dist/chunks/delivery.js', 'for delivery'],
  ['dist/chunks/find-customerio.js', 'for Customer.io'],
  ['dist/chunks/find-fullstory.js', 'for FullStory'],
])('names the size of %s', (file, words) => {
  const bytes = brotliCompressSync(readFileSync(`${packageRoot}${file}`)).length
  expect(readme).toContain(`${(bytes / 1000).toFixed(2)} kB ${words}`)
})

it('explains every warning code, and no other', () => {
  const source = readFileSync(`${packageRoot}src/warnings.ts`, 'utf8')
  const codes = [...source.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(match => match[1])
  const table = readme.slice(readme.indexOf('| code |'), readme.indexOf("Customer.io's state"))
  const explained = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(row => row[1]?.match(/[a-z-]+/g) ?? [])
  expect(explained.sort()).toEqual(codes.sort())
})

it('explains every finding of the doctor, and no other, in their order', () => {
  const doctor = readFileSync(fileURLToPath(new URL('../../../../docs/doctor.md', import.meta.url)), 'utf8')
  const explained = [...doctor.matchAll(/^\| `([a-z-]+)` \|/gm)].map(row => row[1])
  expect(explained).toEqual(Object.keys(FINDINGS))
})

it('shows code that compiles against the published declarations', () => {
  const blocks = codeBlocks(readme)
  expect(blocks[0]?.trim().split('\n').length).toBeLessThanOrEqual(12)
  // Read from top to bottom: later ones go on with the bridge of the first.
  expect(complaints(blocks.join('\n'))).toEqual([])
})
