import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('./peers/', import.meta.url))

export interface BuiltFile {
  /** As it is asked for, below the folder that it is served from. */
  path: string
  text: string
}

/**
 * What a shop's bundler makes of a page's code: the same one with the same settings for everybody. What is loaded on
 * demand is in files of its own.
 */
export const buildPeer = async (name: string): Promise<BuiltFile[]> =>
  bundle({ entryPoints: { index: `${folder}${name}.ts` } })

/** The same of code that is given as text. */
export const buildText = async (contents: string): Promise<BuiltFile[]> =>
  bundle({ stdin: { contents, resolveDir: folder, loader: 'ts', sourcefile: 'index.ts' } })

const bundle = async (input: object): Promise<BuiltFile[]> => {
  const { outputFiles } = await build({
    ...input,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2020',
    outdir: '/out',
    entryNames: 'index',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
  })
  return outputFiles.map(({ path, text }) => ({ path: path.replace('/out/', ''), text }))
}
