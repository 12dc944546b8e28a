import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export interface Tarball {
  path: string
  /** Paths in the package. */
  files: string[]
  size: number
}

/** Packs the package in `folder` as `npm publish` does, into `directory`. */
export const pack = (folder: string, directory: string): Tarball => {
  const output = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', directory], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [packed] = JSON.parse(output.slice(output.indexOf('['))) as [
    { filename: string; files: { path: string }[]; size: number },
  ]
  return {
    path: join(directory, packed.filename),
    files: packed.files.map(file => file.path),
    size: packed.size,
  }
}
