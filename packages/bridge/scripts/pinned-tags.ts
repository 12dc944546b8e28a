import { readdirSync, readFileSync } from 'node:fs'
import { packageRoot } from './entry-points.ts'

const repository = `${packageRoot}../../`

/** Script tags of documents that take a file of this package from a CDN, by version and by hash. */
const TAG = /<script\b[^>]*\/retention-bridge@([\w.-]+)\/dist\/([\w./-]+)"[^>]*>/g

const version = (JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8')) as { version: string })
  .version
const facts = JSON.parse(readFileSync(`${packageRoot}dist/integrity.json`, 'utf8')) as Record<
  string,
  { integrity: string }
>

/** Every document of the repository that users read. */
export const documents = (): string[] => [
  `${repository}README.md`,
  ...(readdirSync(`${repository}docs`, { recursive: true }) as string[])
    .filter(file => file.endsWith('.md'))
    .map(file => `${repository}docs/${file}`),
]

/** The same text, with the version and the hash of what was built in each tag. */
export const pinTags = (text: string): string =>
  text.replace(TAG, (tag, old: string, file: string) =>
    tag
      .replace(`retention-bridge@${old}/`, `retention-bridge@${version}/`)
      .replace(/integrity="[^"]*"/, `integrity="${facts[file]?.integrity}"`),
  )

/** The files that a text pins, and whether each tag has a hash at all. */
export const pinned = (text: string): { file: string; hash: string | undefined }[] =>
  [...text.matchAll(TAG)].map(([tag, , file = '']) => ({
    file,
    hash: /integrity="([^"]*)"/.exec(tag)?.[1],
  }))
