import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../scripts/entry-points.ts'
import type { Project } from './project.ts'

interface Resolution {
  name: string
  options: Record<string, unknown>
  /** First and last major and minor versions that have it. */
  since: number
  until?: number
  files: string[]
  /** Run in Node after they were compiled. */
  runs: string[]
}

const NODE = {
  files: ['shop.mts', 'shop.cts', 'page.ts'],
  runs: ['shop.mjs', 'shop.cjs'],
}

/** Every way to resolve modules that finds packages at all, which `classic` does not. */
const RESOLUTIONS: Resolution[] = [
  {
    name: 'node10',
    options: { module: 'CommonJS', moduleResolution: 'node' },
    since: 4.9,
    until: 6,
    files: ['shop.cts', 'page.ts'],
    runs: ['shop.cjs'],
  },
  { name: 'node16', options: { module: 'Node16', moduleResolution: 'Node16' }, since: 4.9, ...NODE },
  { name: 'nodenext', options: { module: 'NodeNext', moduleResolution: 'NodeNext' }, since: 4.9, ...NODE },
  {
    name: 'bundler',
    options: { module: 'ESNext', moduleResolution: 'Bundler' },
    since: 5,
    files: ['shop.mts', 'page.ts'],
    runs: ['shop.mjs'],
  },
]

/** Where one version has written what a browser runs. */
export interface Compiled {
  version: string
  resolutions: string[]
  /** Path of a page in the project's folder. */
  page: string
}

const compile = async (project: Project, alias: string): Promise<Compiled> => {
  const version = project.versionOf(alias)
  const minor = Number.parseFloat(version)
  const manifest = readFileSync(join(project.folder, 'node_modules', alias, 'package.json'), 'utf8')
  const compiler = join('node_modules', alias, (JSON.parse(manifest) as { bin: { tsc: string } }).bin.tsc)

  const resolutions = RESOLUTIONS.filter(({ since, until = minor }) => since <= minor && minor <= until)
  let written = ''
  for (const { name, options, files, runs } of resolutions) {
    const outDir = `out/${version}/${name}`
    const compilerOptions = {
      ...options,
      target: 'ES2020',
      lib: ['ES2020', 'DOM'],
      types: [],
      strict: true,
      skipLibCheck: false,
      // TypeScript's own declarations; they are most of the time it takes.
      skipDefaultLibCheck: true,
      rootDir: '.',
      outDir,
      ...(minor === 6 && name === 'node10' && { ignoreDeprecations: '6.0' }),
    }
    const config = `tsconfig.${version}.${name}.json`
    writeFileSync(join(project.folder, config), JSON.stringify({ compilerOptions, files }))
    await project.run('node', compiler, '--project', config)
    for (const file of runs) await project.run('node', `${outDir}/${file}`)
    if (name !== 'node10') written = `${outDir}/page.js`
  }
  console.log(`TypeScript ${version}: compiled and run in Node`)
  const page = `out/${version}/index.html`
  writeFileSync(join(project.folder, page), pageOf(project, `/${written}`))
  return { version, resolutions: resolutions.map(({ name }) => name), page }
}

/** A page without a bundler: an import map leads to the package's own files. */
const pageOf = ({ folder }: Project, script: string): string => {
  const library = join(folder, 'node_modules/retention-bridge')
  const { exports } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as {
    exports: Record<string, { import: { default: string } }>
  }
  const address = (key: string) =>
    new URL(exports[key]?.import.default ?? '', 'http://localhost/node_modules/retention-bridge/').pathname
  const imports = {
    'retention-bridge': address('.'),
    'retention-bridge/traits': address('./traits'),
  }
  return `<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<!-- vendors -->
<body><script type="module" src="${script}"></script>`
}

/** Type-checks and compiles with each version that the project pins, two at a time. */
export const compileWithEach = async (project: Project): Promise<Compiled[]> => {
  for (const file of ['shop.mts', 'shop.cts'])
    cpSync(`${packageRoot}test/package/consumer/${file}`, join(project.folder, file))
  mkdirSync(join(project.folder, 'out'))
  const { devDependencies } = JSON.parse(readFileSync(join(project.folder, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const waiting = Object.keys(devDependencies)
  const compiled: Compiled[] = []
  const work = async () => {
    for (let alias = waiting.shift(); alias; alias = waiting.shift())
      compiled.push(await compile(project, alias))
  }
  await Promise.all([work(), work()])
  return compiled.sort((one, other) => Number.parseFloat(one.version) - Number.parseFloat(other.version))
}
