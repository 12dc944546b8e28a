import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One way into the library: a key of `exports` in package.json, which is the only list of them. */
export interface EntryPoint {
  /** What a consumer imports, e.g. `retention-bridge/checkout`. */
  specifier: string
  /** Path under `dist` without extension; `dist/checkout/index.js` is built from `src/checkout/index.ts`. */
  name: string
}

interface Manifest {
  name: string
  exports: Record<string, string | { import: { default: string } }>
}

export const packageRoot = fileURLToPath(new URL('..', import.meta.url))

const manifest = JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8')) as Manifest

export const entryPoints: EntryPoint[] = Object.entries(manifest.exports).flatMap(([key, target]) =>
  typeof target === 'string'
    ? []
    : {
        specifier: key.replace(/^\./, manifest.name),
        name: target.import.default.replace(/^\.\/dist\/(.+)\.js$/, '$1'),
      },
)
