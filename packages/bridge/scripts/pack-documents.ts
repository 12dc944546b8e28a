import { copyFileSync, rmSync } from 'node:fs'
import { packageRoot } from './entry-points.ts'

// The documents stand once, at the root of the repository; npm packs only what lies in the package that it packs.
const [step, ...documents] = process.argv.slice(2)
for (const name of documents)
  if (step === 'add') copyFileSync(`${packageRoot}../../${name}`, name)
  else rmSync(name, { force: true })
