/** Writes the version and the hash of what was built to the script tags of README.md and `docs`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { documents, pinTags } from './pinned-tags.ts'

for (const file of documents()) {
  const text = readFileSync(file, 'utf8')
  const pinned = pinTags(text)
  if (pinned === text) continue
  writeFileSync(file, pinned)
  console.log(`pinned: ${relative('.', file)}`)
}
