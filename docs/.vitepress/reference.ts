import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, type DeclarationReflection, ReflectionKind } from 'typedoc'
import { entryPoints, packageRoot } from '../../packages/bridge/scripts/entry-points.ts'

/** Where the pages are committed, so that they can be read without a build and a change of them be seen in a review. */
export const referenceFolder = fileURLToPath(new URL('../reference/', import.meta.url))

/** Writes the API reference: one page for each entry point, made of the doc comments. */
export const writeReference = async (folder: string): Promise<void> => {
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: entryPoints.map(({ name }) => `${packageRoot}src/${name}.ts`),
    tsconfig: `${packageRoot}tsconfig.json`,
    name: 'API reference',
    readme: 'none',
    // Line numbers would make a page of every change a change of the reference.
    disableSources: true,
    excludeInternal: true,
    excludeExternals: true,
    validation: { notExported: false, invalidLink: true },
    treatValidationWarningsAsErrors: true,
    logLevel: 'Warn',
    ...{
      outputs: [{ name: 'markdown', path: folder }],
      outputFileStrategy: 'modules',
      entryFileName: 'index',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      useCodeBlocks: false,
      parametersFormat: 'table',
      interfacePropertiesFormat: 'table',
      typeDeclarationFormat: 'table',
      tableColumnSettings: { hideSources: true, hideInherited: true },
    },
  })
  const project = await app.convert()
  if (!project) throw new Error('The sources do not compile.')
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const entry = entryPoints.find(
      ({ name }) => name.replace(/\/?index$/, '') === module.name.replace(/\/?index$/, ''),
    )
    if (!entry) throw new Error(`${module.name} is no entry point.`)
    ;(module as DeclarationReflection).name = entry.specifier
  }
  app.validate(project)
  await app.generateOutputs(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('The reference is not complete.')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(referenceFolder, { recursive: true, force: true })
  await writeReference(referenceFolder)
}
