import { entryPoints } from './entry-points.ts'

const withMap = (file: string) => [file, `${file}.map`]

const REQUIRED = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  ...['dist', 'dist/development'].flatMap(folder => [
    ...withMap(`${folder}/retention-bridge.iife.js`),
    ...entryPoints.flatMap(({ name }) => ['js', 'cjs'].flatMap(kind => withMap(`${folder}/${name}.${kind}`))),
  ]),
  ...entryPoints.flatMap(({ name }) => [`dist/${name}.d.ts`, `dist/${name}.d.cts`]),
]

/** One line for each file that is missing from the package or has no business in it. */
export const unexpectedFiles = (files: readonly string[]): string[] => [
  ...REQUIRED.filter(file => !files.includes(file)).map(file => `missing: ${file}`),
  ...files.filter(file => !REQUIRED.includes(file)).map(file => `not wanted: ${file}`),
]
