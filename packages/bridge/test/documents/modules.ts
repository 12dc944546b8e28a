import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { entryPoints, packageRoot } from '../../scripts/entry-points.ts'
import { type Block, blocksIn, where } from './markdown.ts'

/** A block as a module: it goes on with the names of those above it, as a reader does. */
export interface Module {
  /** Its path without extension, by which others import it. */
  id: string
  block: Block
  source: (specifier: (id: string) => string) => string
}

/** What pages that make no bridge themselves go on from. */
const FIRST = 'docs/flags.md'

/** What examples of a page take for granted beyond that: a module beside this one, and its exports. */
const BEFORE: Record<string, [module: string, names: string[]]> = {
  'docs/reference/retention-bridge/testing.md': [
    './tested-page',
    ['bridge', 'flags', 'fullstory', 'customerio', 'expect'],
  ],
}

const idOf = ({ document, index }: Block): string => `${document.replace(/\W/g, '_')}_${index}`

/** `// app/retention.ts` in the first line: other blocks of the page import it by that name. */
const fileName = (code: string): string | undefined => /^\/\/ ([\w/.-]+)\.(?:tsx?|js)\n/.exec(code)?.[1]

interface Names {
  /** Declared or imported at the top level, with whether it is a type only. */
  declared: Map<string, boolean>
  /** Those of a package: who goes on from here imports them there, without what else happens here. */
  packages: Map<string, string>
  exported: Set<string>
  used: Set<string>
}

const namesOf = (block: Block): Names => {
  const file = ts.createSourceFile('block.tsx', block.code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TSX)
  const names: Names = { declared: new Map(), packages: new Map(), exported: new Set(), used: new Set() }
  const declare = (name: ts.Node | undefined, isType = false): void => {
    if (!name) return
    if (ts.isIdentifier(name)) names.declared.set(name.text, isType)
    else name.forEachChild(element => ts.isBindingElement(element) && declare(element.name))
  }
  for (const statement of file.statements) {
    const before = new Set(names.declared.keys())
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) declare(name)
    else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) declare(statement.name)
    else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      declare(statement.name, true)
    else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings, isTypeOnly = false } = statement.importClause ?? {}
      declare(name, isTypeOnly)
      if (namedBindings && ts.isNamedImports(namedBindings))
        for (const element of namedBindings.elements) {
          const { text } = statement.moduleSpecifier as ts.StringLiteral
          if (!text.startsWith('.') && !element.propertyName) names.packages.set(element.name.text, text)
          declare(element.name, isTypeOnly || element.isTypeOnly)
        }
      else declare(namedBindings?.name, isTypeOnly)
    }
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
    if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
      for (const name of names.declared.keys()) if (!before.has(name)) names.exported.add(name)
  }
  const visit = (node: ts.Node): void => {
    const isMember =
      ts.isPropertyAccessExpression(node.parent ?? node) &&
      (node.parent as ts.PropertyAccessExpression).name === node
    if (ts.isIdentifier(node) && !isMember) names.used.add(node.text)
    node.forEachChild(visit)
  }
  file.statements.forEach(visit)
  return names
}

/** What a page of the reference is about is in scope there: its examples stand in doc comments. */
const ownEntry = (document: string) =>
  entryPoints.find(({ specifier }) => document === `docs/reference/${specifier}.md`)

/** What an entry point exports: its declarations end with a list of it. */
export const exportsOf = (name: string): string[] => {
  const declarations = readFileSync(`${packageRoot}dist/${name}.d.ts`, 'utf8')
  const lists = [...declarations.matchAll(/^export (?:type )?\{ (.+?) \}/gm)].map(([, list = '']) => list)
  return lists.flatMap(list =>
    list.split(', ').map(item => item.replace(/^type /, '').replace(/^.+ as /, '')),
  )
}

/** From where a name comes: a block by its id, or a package. */
type Origin = { id: string } | { package: string }

const textOf = (origin: Origin, specifier: (id: string) => string): string =>
  'id' in origin ? specifier(origin.id) : origin.package

export const modules = (): Module[] => {
  const all = blocksIn('ts', 'tsx', 'js')
  const documents = [...new Set(all.map(({ document }) => document))]
  const first = all.find(({ document }) => document === FIRST)
  if (!first) throw new Error(`${FIRST} has no code`)
  return documents.flatMap(document => {
    const scope = new Map<string, Origin & { isType?: boolean }>()
    const [before = '', names = []] = BEFORE[document] ?? []
    for (const name of names) scope.set(name, { package: before })
    const entry = ownEntry(document)
    if (entry) for (const name of exportsOf(entry.name)) scope.set(name, { package: entry.specifier })
    const enter = (id: string, { declared, packages }: Names, keep = false) => {
      for (const [name, isType] of declared) {
        const from = packages.get(name)
        if (!keep || !scope.has(name)) scope.set(name, from ? { package: from, isType } : { id, isType })
      }
    }
    if (document !== FIRST && document !== 'README.md') enter(idOf(first), namesOf(first), true)
    const files = new Map([[fileName(first.code)?.split('/').at(-1) ?? '', idOf(first)]])
    return all
      .filter(block => block.document === document)
      .map(block => {
        const id = idOf(block)
        const names = namesOf(block)
        const { declared, exported, used } = names
        const imports = [...used].flatMap(name => {
          const origin = scope.get(name)
          return origin && !declared.has(name) ? [{ name, origin }] : []
        })
        // Examples of the reference stand each for itself.
        if (!entry) enter(id, names)
        const file = fileName(block.code)
        if (file) files.set(file.split('/').at(-1) ?? '', id)
        const known = new Map(files)
        return {
          id,
          block,
          source: specifier =>
            [
              // What a console has, once there is a bridge.
              ...(used.has('retention_bridge') ? [`import '${specifier(idOf(first))}';`] : []),
              ...imports.map(
                ({ name, origin }) =>
                  `import ${origin.isType ? 'type ' : ''}{ ${name} } from '${textOf(origin, specifier)}';`,
              ),
              block.code.replace(/from '\.{1,2}\/(?:[\w-]+\/)*([\w-]+)(?:\.tsx?)?'/g, (whole, name) => {
                const target = known.get(name)
                return target ? `from '${specifier(target)}'` : whole
              }),
              ...[...declared]
                .filter(([name]) => !exported.has(name))
                .map(([name, isType]) => `export ${isType ? 'type ' : ''}{ ${name} };`),
            ]
              .join(' ')
              .replace(/ (?=import )/g, ' '),
        } satisfies Module
      })
  })
}

export const describeModule = ({ block }: Module): string => `${where(block)} (${block.language})`
