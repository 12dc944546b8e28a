import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'
import { documents, pinned, pinTags } from '../../scripts/pinned-tags.ts'

const dist = `${packageRoot}dist/`
const facts = JSON.parse(readFileSync(`${dist}integrity.json`, 'utf8')) as Record<string, object>

it('has each script and each file that it loads, and no other', () => {
  const files = (readdirSync(dist, { recursive: true }) as string[]).filter(
    file => file.endsWith('.iife.js') || /^(development\/)?chunks\/.+\.js$/.test(file),
  )
  expect(files).toContain('retention-bridge.iife.js')
  expect(Object.keys(facts).sort()).toEqual(files.sort())
})

it.each(Object.keys(facts))('says what is true of %s', file => {
  const content = readFileSync(dist + file)
  expect(facts[file]).toEqual({
    integrity: `sha384-${createHash('sha384').update(content).digest('base64')}`,
    bytes: content.length,
    gzip: gzipSync(content).length,
    brotli: brotliCompressSync(content).length,
  })
})

it('is what the script tags of the documents are pinned to (else: npm run pin)', () => {
  const texts = documents().map(file => readFileSync(file, 'utf8'))
  const tags = texts.flatMap(pinned)
  expect(tags.map(({ file }) => file)).toContain('retention-bridge.iife.js')
  for (const { file, hash } of tags) {
    expect(Object.keys(facts)).toContain(file)
    expect(hash).toBeDefined()
  }
  for (const text of texts) expect(pinTags(text)).toBe(text)
})
