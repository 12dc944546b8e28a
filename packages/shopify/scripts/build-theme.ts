import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { flatAssets } from './flat-assets.ts'
import { editedSettingsOf, settingsOf, sharedOf } from './theme-snippet.ts'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const read = (path: string) => readFileSync(at(path), 'utf8')

const EXTENSION = 'extensions/retention-bridge-theme'
const EXAMPLE = '../../examples/shopify-theme'

const assets = flatAssets('retention-bridge.iife.js', path => read(`../bridge/dist/${path}`))
assets.set('retention-bridge-tell-checkout.js', read('dist/tell-checkout.js'))
for (const folder of [`${EXTENSION}/assets`, `${EXAMPLE}/assets`]) {
  // Also what an earlier build has left there.
  rmSync(at(folder), { recursive: true, force: true })
  mkdirSync(at(folder))
  for (const [name, text] of assets) writeFileSync(at(`${folder}/${name}`), text)
}

const block = read(`${EXTENSION}/blocks/retention-bridge.liquid`)
const locale: unknown = JSON.parse(read(`${EXTENSION}/locales/en.default.schema.json`))
const snippet = 'snippets/retention-bridge.liquid'
writeFileSync(at(snippet), settingsOf(block, locale) + sharedOf(block))
// The example's settings are its own.
writeFileSync(at(`${EXAMPLE}/${snippet}`), editedSettingsOf(read(`${EXAMPLE}/${snippet}`)) + sharedOf(block))
