/** Empties `dist`: a file that is no longer built must not be published. */
import { rmSync } from 'node:fs'
import { packageRoot } from './entry-points.ts'

rmSync(`${packageRoot}dist`, { recursive: true, force: true })
