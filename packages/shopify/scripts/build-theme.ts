import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { editedSettingsOf, settingsOf, sharedOf } from './theme-snippet.ts'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const read = (path: string) => readFileSync(at(path), 'utf8')

const SCRIPT = 'retention-bridge.iife.js'
const DIST = '../bridge/dist'
const EXTENSION = 'extensions/retention-bridge-theme'
const EXAMPLE = '../../examples/shopify-theme'

/** A script and the files it imports when it needs them. Shopify's folder of assets is flat, and so they must be. */
const withChunks = (file: string, found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found
  found.add(file)
  for (const [, path = ''] of read(`${DIST}/${file}`).matchAll(/\bimport\(\s*["'`]([^"'`]+)/g)) {
    const name = /^\.\/([\w.-]+)$/.exec(path)?.[1]
    if (!name) throw new Error(`${file} imports ${path}: Shopify's folder of assets is flat`)
    withChunks(name, found)
  }
  return found
}

for (const folder of [`${EXTENSION}/assets`, `${EXAMPLE}/assets`]) {
  mkdirSync(at(folder), { recursive: true })
  for (const file of withChunks(SCRIPT)) copyFileSync(at(`${DIST}/${file}`), at(`${folder}/${file}`))
}

const block = read(`${EXTENSION}/blocks/retention-bridge.liquid`)
const locale: unknown = JSON.parse(read(`${EXTENSION}/locales/en.default.schema.json`))
const snippet = 'snippets/retention-bridge.liquid'
mkdirSync(dirname(at(snippet)), { recursive: true })
writeFileSync(at(snippet), settingsOf(block, locale) + sharedOf(block))
// The example's settings are its own.
writeFileSync(at(`${EXAMPLE}/${snippet}`), editedSettingsOf(read(`${EXAMPLE}/${snippet}`)) + sharedOf(block))
