import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'
import { FINDINGS } from '../../src/doctor/finding.ts'

const readme = readFileSync(fileURLToPath(new URL('../../../../README.md', import.meta.url)), 'utf8')

it.each([
  ['dist/index.js', 'with brotli'],
  ['dist/chunks/delivery.js', 'for delivery'],
  ['dist/chunks/find-customerio.js', 'for Customer.io'],
  ['dist/chunks/find-fullstory.js', 'for FullStory'],
])('names the size of %s', (file, words) => {
  const bytes = brotliCompressSync(readFileSync(`${packageRoot}${file}`)).length
  expect(readme).toContain(`${(bytes / 1000).toFixed(2)} kB ${words}`)
})

it('explains every warning code, and no other', () => {
  const source = readFileSync(`${packageRoot}src/warnings.ts`, 'utf8')
  const codes = [...source.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(match => match[1])
  const table = readme.slice(readme.indexOf('| code |'), readme.indexOf("Customer.io's state"))
  const explained = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(row => row[1]?.match(/[a-z-]+/g) ?? [])
  expect(explained.sort()).toEqual(codes.sort())
})

it('explains every finding of the doctor, and no other, in their order', () => {
  const doctor = readFileSync(fileURLToPath(new URL('../../../../docs/doctor.md', import.meta.url)), 'utf8')
  const explained = [...doctor.matchAll(/^\| `([a-z-]+)` \|/gm)].map(row => row[1])
  expect(explained).toEqual(Object.keys(FINDINGS))
})

it('shows code that compiles against the published declarations', () => {
  const blocks = [...readme.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, block = '']) => block)
  expect(blocks[0]?.trim().split('\n').length).toBeLessThanOrEqual(12)
  // Read from top to bottom: later ones go on with the bridge of the first.
  const code = blocks.join('\n')
  const file = `${packageRoot}example.ts`
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2020,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = path => path === file || fileExists(path)
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, code, ts.ScriptTarget.ES2020) : getSourceFile(path, ...rest)
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host))
  expect(problems.map(problem => ts.flattenDiagnosticMessageText(problem.messageText, '\n'))).toEqual([])
})
