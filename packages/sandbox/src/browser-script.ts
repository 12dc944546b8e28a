import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The text of a script for pages, from the address of its main module; bundled once per process. */
export function browserScript(main: URL): () => Promise<string> {
  let bundled: Promise<string> | undefined
  return () => {
    bundled ??= bundle(fileURLToPath(main))
    return bundled
  }
}

async function bundle(entryPoint: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}
