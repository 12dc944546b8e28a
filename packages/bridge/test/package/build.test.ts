import { readdirSync, readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { buildSync } from 'esbuild'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { entryPoints, packageRoot } from '../../scripts/entry-points.ts'
import { internalNames } from '../../scripts/internal-names.ts'

const read = (file: string) => readFileSync(`${packageRoot}${file}`, 'utf8')

it.each(['index.js', 'index.cjs', 'retention-bridge.iife.js'])(
  'explains misuse in the development build of %s only',
  file => {
    const explanation = 'not a flag name'
    expect(read(`dist/development/${file}`)).toContain(explanation)
    expect(read(`dist/${file}`)).not.toContain(explanation)
    expect(read(`dist/development/${file}`) + read(`dist/${file}`)).not.toContain('process.env')
  },
)

it('is chosen by the condition that bundlers set while developing', () => {
  const bundle = (conditions: string[]) =>
    buildSync({
      stdin: { contents: "export * from 'retention-bridge'", resolveDir: packageRoot },
      bundle: true,
      metafile: true,
      platform: 'browser',
      conditions,
      treeShaking: false,
      write: false,
    }).metafile.inputs
  const files = (conditions: string[]) =>
    Object.keys(bundle(conditions)).flatMap(file => file.split('/dist/')[1] ?? [])
  // With the adapters, which are files of their own.
  const development = files(['development'])
  expect(development).toContain('development/index.js')
  expect(development.filter(file => !file.startsWith('development/'))).toEqual([])
  const production = files(['production'])
  expect(production).toContain('index.js')
  expect(production.filter(file => file.startsWith('development/'))).toEqual([])
})

it('shortens no name that is public', () => {
  const declared = (readdirSync(`${packageRoot}dist`, { recursive: true }) as string[])
    .filter(file => file.endsWith('.d.ts'))
    .map(file => read(`dist/${file}`))
    .join('\n')
  const properties = ts
    .createSourceFile('all.d.ts', declared, ts.ScriptTarget.ES2020, true)
    .statements.flatMap(function namesIn(node: ts.Node): string[] {
      const { name } = node as { name?: ts.Node }
      return [name?.getText() ?? '', ...node.getChildren().flatMap(namesIn)]
    })
  expect(properties).toContain('setFlags')
  expect(properties.filter(name => internalNames.test(name))).toEqual([])
})

it('works where there is no process', () => {
  const realm = createContext({ module: {}, performance, setTimeout, clearTimeout, AbortController })
  runInContext(read('dist/index.cjs'), realm)
  const use = "module.exports.createBridge({ flags: { 'not a name': {} } }).status().warnings.length"
  expect(runInContext(use, realm)).toBe(1)
})

it("has the doctor's panel in a file of its own", () => {
  const files = (readdirSync(`${packageRoot}dist`, { recursive: true }) as string[]).filter(
    file => file.endsWith('.js') && !file.startsWith('development'),
  )
  const withPanel = files.filter(file => read(`dist/${file}`).includes('retention-bridge-panel'))
  expect(withPanel).toEqual(['chunks/panel.js'])
})

it.each(entryPoints)('has a size budget for $specifier', ({ name }) => {
  const budgets = JSON.parse(readFileSync(`${packageRoot}.size-limit.json`, 'utf8')) as { path: string }[]
  expect(budgets.map(({ path }) => path)).toContain(`dist/${name}.js`)
})
