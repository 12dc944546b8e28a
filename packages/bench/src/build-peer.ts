import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const folder = fileURLToPath(new URL('./peers/', import.meta.url))

export interface BuiltFile {
  /** As it is asked for, below the folder that it is served from. */
  path: string
  text: string
}

/** A page's code of one peer. */
export const buildPeer = async (name: string): Promise<BuiltFile[]> => {
  const { outputFiles } = await bundle({ entryPoints: { index: `${folder}${name}.ts` } })
  return outputFiles.map(({ path, text }) => ({ path: path.replace('/out/', ''), text }))
}

/**
 * What a shop's bundler makes of code: the same one with the same settings for everybody. What is loaded on demand is in
 * files of its own.
 */
export const bundle = (options: BuildOptions) =>
  build({
    ...options,
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    target: 'es2020',
    outdir: '/out',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
  })
