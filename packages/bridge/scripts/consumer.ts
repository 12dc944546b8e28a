import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** How projects in the wild resolve modules. `Node10` is what TypeScript calls the classic CommonJS resolution. */
const RESOLUTIONS = [
  { module: 'Node16', moduleResolution: 'Node16', kinds: /\.[cm]ts$/ },
  { module: 'ESNext', moduleResolution: 'Bundler', kinds: /\.mts$/ },
  { module: 'CommonJS', moduleResolution: 'Node10', kinds: /\.cts$/ },
]

interface Use {
  /** Folder with the `.mts` and `.cts` files of somebody who uses the package. */
  sources: string
  /** Tarballs, or folders of packages, to install. */
  packages: readonly string[]
  /** Entry points to import and to require. */
  specifiers: readonly string[]
}

/** Installs the packages in a project of its own, runs every entry point both ways, and type-checks its use. */
export const checkConsumer = (project: string, { sources, packages, specifiers }: Use): void => {
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: project, stdio: 'inherit' })

  cpSync(sources, project, { recursive: true })
  const programs = readdirSync(project)
  writeFileSync(`${project}/package.json`, JSON.stringify({ name: 'consumer', private: true }))
  run('npm', 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...packages)

  const list = JSON.stringify(specifiers)
  run('node', '--input-type=module', '--eval', `for (const name of ${list}) await import(name)`)
  run('node', '--input-type=commonjs', '--eval', `for (const name of ${list}) require(name)`)
  console.log(`imported and required: ${list}`)

  const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
  for (const { kinds, ...resolution } of RESOLUTIONS) {
    const files = programs.filter(file => kinds.test(file))
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
