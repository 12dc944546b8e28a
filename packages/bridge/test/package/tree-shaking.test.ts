import { build } from 'esbuild'
import { type Plugin, rollup } from 'rollup'
import { describe, expect, it } from 'vitest'
import { type EntryPoint, entryPoints, packageRoot } from '../../scripts/entry-points.ts'

/** A project that consists of one file, and finds the library as its bundler would. */
const project = (code: string): Plugin => ({
  name: 'project',
  resolveId: source => {
    if (source === 'main') return source
    const entry = entryPoints.find(({ specifier }) => specifier === source)
    return entry && `${packageRoot}dist/${entry.name}.js`
  },
  load: id => (id === 'main' ? code : undefined),
})

/** What Rollup makes of it, by what the code itself says: `sideEffects` of package.json is not read. */
const withRollup = async (code: string, change?: (text: string) => string): Promise<string> => {
  const changed: Plugin = { name: 'changed', transform: text => change?.(text) ?? null }
  const bundle = await rollup({
    input: 'main',
    plugins: [project(code), changed],
    treeshake: { moduleSideEffects: true },
    onwarn: () => {},
  })
  const { output } = await bundle.generate({ format: 'es' })
  return output.map(file => (file.type === 'chunk' ? file.code.trim() : '')).join('')
}

/** What esbuild makes of it, by what package.json says: the files of the library that have come along. */
const withEsbuild = async (code: string) => {
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: packageRoot },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['production'],
    logLevel: 'error',
    metafile: true,
    write: false,
  })
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  return {
    bytes: outputFiles.reduce((sum, { contents }) => sum + contents.length, 0),
    files: inputs.flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? (file.split('/dist/')[1] ?? []) : [],
    ),
  }
}

const names = async ({ name }: EntryPoint): Promise<string[]> =>
  Object.keys((await import(`${packageRoot}dist/${name}.js`)) as object)

describe.each(entryPoints)('$specifier', entry => {
  it('leaves nothing of an import that is not used', async () => {
    const [first] = await names(entry)
    for (const code of [
      `import '${entry.specifier}'`,
      `import { ${first} } from '${entry.specifier}'`,
      `import * as all from '${entry.specifier}'`,
    ]) {
      expect(await withRollup(code)).toBe('')
      expect(await withEsbuild(code)).toEqual({ bytes: 0, files: [] })
    }
  })

  it('brings nothing of another entry point', async () => {
    const others = entryPoints.filter(({ name }) => name !== entry.name).map(({ name }) => `${name}.js`)
    for (const name of await names(entry)) {
      const { files } = await withEsbuild(`export { ${name} } from '${entry.specifier}'`)
      expect(files).toContain(`${entry.name}.js`)
      expect(files.filter(file => others.includes(file))).toEqual([])
    }
  })

  it('would not pass with a side effect', async () => {
    const code = `import '${entry.specifier}'`
    expect(await withRollup(code, text => (text === code ? text : `${text}\nglobalThis.here = 1`))).not.toBe(
      '',
    )
  })
})
