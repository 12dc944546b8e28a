import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { CUSTOMERIO_ADVICE } from '../../../sandbox/src/customerio/advice.ts'
import { FULLSTORY_ADVICE } from '../../../sandbox/src/fullstory/advice.ts'
import { codeBlocks, complaints } from './compile-documents.ts'

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8')

const guide = read('docs/testing.md')

it('begins with a test that is run', () => {
  expect(codeBlocks(guide)[0]).toBe(read('examples/testing-kit/test/shop.test.ts'))
})

it('shows code that compiles against the published declarations', () => {
  const [, ...blocks] = codeBlocks(guide)
  expect(blocks.length).toBeGreaterThan(2)
  for (const block of blocks) expect(complaints(block, ['node'])).toEqual([])
})

it('explains every rule that can be broken, and no other', () => {
  // Of what was not declared only the sandbox knows.
  const rules = Object.keys({ ...FULLSTORY_ADVICE, ...CUSTOMERIO_ADVICE }).filter(
    rule => !/^(leaked|undeclared)_/.test(rule),
  )
  const tables = guide.slice(guide.indexOf('## Rules'), guide.indexOf('## What they are not'))
  const explained = [...tables.matchAll(/^\| (`.+?`) \|/gm)].flatMap(row => row[1]?.match(/[a-z_]+/g) ?? [])
  expect(explained.sort()).toEqual(rules.sort())
})
