import ts from 'typescript'
import { packageRoot } from '../../scripts/entry-points.ts'
import { where } from './markdown.ts'
import type { Module } from './modules.ts'

const FOLDER = `${packageRoot}test/documents/`

const pathOf = ({ id, block }: Module): string => `${FOLDER}${id}.${block.language === 'tsx' ? 'tsx' : 'ts'}`

/** What the compiler has to say of each module, with the published declarations; by where it stands in the document. */
export const complaintsOf = (modules: Module[]): Map<string, string[]> => {
  const sources = new Map(modules.map(module => [pathOf(module), module.source(id => `./${id}`)]))
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    // The published ones are checked by themselves, in `pack:check`.
    skipLibCheck: true,
    jsx: ts.JsxEmit.ReactJSX,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = path => sources.has(path) || fileExists(path)
  host.readFile = path => sources.get(path) ?? readFile(path)
  host.getSourceFile = (path, ...rest) => {
    const source = sources.get(path)
    return source === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true)
  }
  const program = ts.createProgram([...sources.keys(), `${FOLDER}page-globals.d.ts`], options, host)
  return new Map(
    modules.map(module => {
      const file = program.getSourceFile(pathOf(module))
      const problems = ts.getPreEmitDiagnostics(program, file)
      return [
        where(module.block),
        problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      ]
    }),
  )
}
