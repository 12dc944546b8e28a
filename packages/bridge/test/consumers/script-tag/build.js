import { cpSync, readFileSync, writeFileSync } from 'node:fs'

/** As a store without a bundler does it: the package's files on its server, pinned by the hashes that come with them. */
const library = 'node_modules/retention-bridge/dist'
const hashes = JSON.parse(readFileSync(`${library}/integrity.json`, 'utf8'))
cpSync(library, 'dist/retention-bridge', { recursive: true })

for (const page of ['index', 'full', 'bare'])
  writeFileSync(
    `dist/${page}.html`,
    readFileSync(`${page}.html`, 'utf8').replace(/%INTEGRITY of (.+?)%/, (_, file) => hashes[file].integrity),
  )
