import { build } from 'esbuild'
import { entryPoints, packageRoot } from '../../scripts/entry-points.ts'
import type { Module } from './modules.ts'

const FOLDER = `${packageRoot}test/documents`

/** A page has one bridge: that of a block above ends where this one makes its own, as on a page of its own. */
const ALONE = 'globalThis.retention_bridge?.destroy();'

/** One file of a module and those it goes on from; the library is imported from where a page has it. */
export const bundleModule = async (
  module: Module,
  all: Module[],
  stubs: Record<string, string> = {},
): Promise<string> => {
  const byId = new Map(all.map(one => [one.id, one]))
  const { outputFiles } = await build({
    entryPoints: [module.id],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    external: [...entryPoints.map(({ specifier }) => specifier), 'vitest', '@retention-bridge/shopify'],
    plugins: [
      {
        name: 'blocks',
        setup(bundler) {
          bundler.onResolve({ filter: /.*/ }, ({ path }) =>
            byId.has(path)
              ? { path, namespace: 'block' }
              : path in stubs
                ? { path, namespace: 'stub' }
                : undefined,
          )
          bundler.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({
            contents: stubs[path],
            loader: 'js',
            resolveDir: FOLDER,
          }))
          bundler.onLoad({ filter: /.*/, namespace: 'block' }, ({ path }) => {
            const { block, source } = byId.get(path) as Module
            const text = source(id => id)
            const makesBridge = path === module.id && /\bcreateBridge\(/.test(text)
            return {
              contents: (makesBridge ? ALONE : '') + text,
              loader: block.language === 'js' ? 'js' : block.language === 'tsx' ? 'tsx' : 'ts',
              resolveDir: FOLDER,
            }
          })
        },
      },
    ],
  })
  return outputFiles[0]?.text ?? ''
}
