import ts from 'typescript'
import { packageRoot } from '../../scripts/entry-points.ts'

/** Blocks of TypeScript in a document, in order. */
export const codeBlocks = (markdown: string): string[] =>
  [...markdown.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, block = '']) => block)

/** What the compiler has to say of code that uses the published declarations; with `types`, not of those of others. */
export const complaints = (code: string, types: string[] = []): string[] => {
  const file = `${packageRoot}example.ts`
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: types.length > 0,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = path => path === file || fileExists(path)
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, code, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest)
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host))
  return problems.map(problem => ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
}
