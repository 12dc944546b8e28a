/**
 * Minifies the production build of ESM a second time. The CJS build is left alone, since the list of names in it that
 * Node reads is dead code to a minifier; script tags have their own build.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { packageRoot } from './entry-points.ts'
import { minifyAfterTerser } from './minify-after-terser.ts'

const dist = `${packageRoot}dist/`
const files = (readdirSync(dist, { recursive: true }) as string[]).filter(
  file => file.endsWith('.js') && !file.startsWith('development'),
)
for (const file of files)
  writeFileSync(dist + file, await minifyAfterTerser(readFileSync(dist + file, 'utf8'), true))
