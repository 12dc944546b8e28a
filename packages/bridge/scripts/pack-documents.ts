import { copyFileSync, rmSync } from 'node:fs'
import { packageRoot } from './entry-points.ts'

/** The documents stand once, at the root of the repository; npm packs only what lies in the package. */
const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'LICENSE']

const add = process.argv[2] === 'add'
for (const name of DOCUMENTS)
  if (add) copyFileSync(`${packageRoot}../../${name}`, `${packageRoot}${name}`)
  else rmSync(`${packageRoot}${name}`, { force: true })
