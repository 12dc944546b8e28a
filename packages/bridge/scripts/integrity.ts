/**
 * Writes `dist/integrity.json`: what a page that pins a file by its hash needs to know, for script tags and for what they
 * load. Read back from disk, after all else: the hashes are of the bytes that are served.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { packageRoot } from './entry-points.ts'

const dist = `${packageRoot}dist/`
const SERVED = /^(development\/)?(chunks\/[\w-]+|[\w-]+\.iife)\.js$/

const files = (readdirSync(dist, { recursive: true }) as string[])
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => SERVED.test(file))
  .sort()
const facts = Object.fromEntries(
  files.map(file => {
    const content = readFileSync(dist + file)
    return [
      file,
      {
        integrity: `sha384-${createHash('sha384').update(content).digest('base64')}`,
        bytes: content.length,
        gzip: gzipSync(content).length,
        brotli: brotliCompressSync(content).length,
      },
    ]
  }),
)
writeFileSync(`${dist}integrity.json`, `${JSON.stringify(facts, null, 2)}\n`)

for (const [file, { integrity, brotli, gzip }] of Object.entries(facts))
  if (!file.startsWith('development/'))
    console.log(`dist/${file}: ${brotli} B brotli, ${gzip} B gzip\n  ${integrity}`)
