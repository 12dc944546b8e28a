import { entryPoints } from './entry-points.ts'

const withMap = (file: string) => [file, `${file}.map`]
const scripts = ['retention-bridge.iife.js', 'retention-bridge-full.iife.js']
const modules = entryPoints.flatMap(({ name }) => [`${name}.js`, `${name}.cjs`])

const REQUIRED = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/integrity.json',
  ...scripts.map(file => `dist/${file}`),
  ...scripts.flatMap(file => withMap(`dist/development/${file}`)),
  ...modules.map(file => `dist/${file}`),
  ...modules.flatMap(file => withMap(`dist/development/${file}`)),
  ...entryPoints.flatMap(({ name }) => [`dist/${name}.d.ts`, `dist/${name}.d.cts`]),
]

/** What the ESM builds load when it is needed, and declarations that entry points share. */
const CHUNKS = /^dist\/(chunks\/[\w-]+\.js|development\/chunks\/[\w-]+\.js(\.map)?|\w+-[\w-]{8}\.d\.c?ts)$/

/** One line for each file that is missing from the package or has no business in it. */
export const unexpectedFiles = (files: readonly string[]): string[] => [
  ...REQUIRED.filter(file => !files.includes(file)).map(file => `missing: ${file}`),
  ...files.filter(file => !REQUIRED.includes(file) && !CHUNKS.test(file)).map(file => `not wanted: ${file}`),
]
