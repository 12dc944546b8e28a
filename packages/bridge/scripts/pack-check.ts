import { checkTarball } from './check-tarball.ts'
import { checkConsumer } from './consumer.ts'
import { entryPoints, packageRoot } from './entry-points.ts'
import { unexpectedFiles } from './packed-files.ts'

checkTarball(packageRoot, {
  unexpectedFiles,
  consume: (project, tarball) =>
    checkConsumer(project, {
      sources: `${packageRoot}test/package/consumer`,
      packages: [tarball],
      specifiers: entryPoints.map(({ specifier }) => specifier),
    }),
})
