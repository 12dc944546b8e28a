import { execFileSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { entryPoints, packageRoot } from './entry-points.ts'

/** How projects in the wild resolve modules. `Node10` is what TypeScript calls the classic CommonJS resolution. */
const RESOLUTIONS = [
  { module: 'Node16', moduleResolution: 'Node16', files: ['shop.mts', 'shop.cts'] },
  { module: 'ESNext', moduleResolution: 'Bundler', files: ['shop.mts'] },
  { module: 'CommonJS', moduleResolution: 'Node10', files: ['shop.cts'] },
]

/** Installs the tarball in a project of its own, runs every entry point both ways, and type-checks its use. */
export const checkConsumer = (project: string, tarball: string): void => {
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: project, stdio: 'inherit' })

  cpSync(`${packageRoot}test/package/consumer`, project, { recursive: true })
  writeFileSync(`${project}/package.json`, JSON.stringify({ name: 'consumer', private: true }))
  run('npm', 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', tarball)

  const specifiers = JSON.stringify(entryPoints.map(({ specifier }) => specifier))
  run('node', '--input-type=module', '--eval', `for (const name of ${specifiers}) await import(name)`)
  run('node', '--input-type=commonjs', '--eval', `for (const name of ${specifiers}) require(name)`)
  console.log(`imported and required: ${specifiers}`)

  const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
  for (const { files, ...resolution } of RESOLUTIONS) {
    const compilerOptions = {
      ...resolution,
      target: 'ES2020',
      lib: ['ES2020', 'DOM'],
      types: [],
      strict: true,
      skipLibCheck: false,
    }
    writeFileSync(`${project}/tsconfig.json`, JSON.stringify({ compilerOptions, files }))
    run('node', compiler)
    if (resolution.moduleResolution === 'Node16')
      for (const file of files) run('node', file.replace('ts', 'js'))
    console.log(`type-checked: moduleResolution ${resolution.moduleResolution}, ${files.join(', ')}`)
  }
}
