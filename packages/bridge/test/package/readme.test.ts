import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'

const readme = readFileSync(fileURLToPath(new URL('../../../../README.md', import.meta.url)), 'utf8')

it('names the size of the file that is published', () => {
  const bytes = brotliCompressSync(readFileSync(`${packageRoot}dist/index.js`)).length
  expect(readme).toContain(`${(bytes / 1000).toFixed(2)} kB with brotli`)
})

it('explains every warning code, and no other', () => {
  const source = readFileSync(`${packageRoot}src/warnings.ts`, 'utf8')
  const codes = [...source.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(match => match[1])
  const table = readme.slice(readme.indexOf('| code |'), readme.indexOf("Customer.io's state"))
  const explained = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(row => row[1]?.match(/[a-z-]+/g) ?? [])
  expect(explained.sort()).toEqual(codes.sort())
})
