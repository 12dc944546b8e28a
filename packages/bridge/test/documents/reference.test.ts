import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, expect, it } from 'vitest'
import { referenceFolder, writeReference } from '../../../../docs/.vitepress/reference.ts'
import { entryPoints } from '../../scripts/entry-points.ts'
import { read } from './markdown.ts'
import { exportsOf } from './modules.ts'

const fresh = mkdtempSync(`${tmpdir()}/reference-`)
afterAll(() => rmSync(fresh, { recursive: true }))

const pagesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    (readdirSync(folder, { recursive: true }) as string[])
      .filter(file => file.endsWith('.md'))
      .sort()
      .map(file => [file, readFileSync(`${folder}/${file}`, 'utf8')]),
  )

it('is what the doc comments say now: `npm run docs:reference` writes it', async () => {
  await writeReference(fresh)
  expect(pagesIn(referenceFolder)).toEqual(pagesIn(fresh))
})

it.each(entryPoints)('has every export of $specifier', ({ specifier, name }) => {
  const headings = [...read(`docs/reference/${specifier}.md`).matchAll(/^### ([\w$]+)/gm)].map(
    ([, heading]) => heading,
  )
  expect([...new Set(headings)].sort()).toEqual([...new Set(exportsOf(name))].sort())
})
