/** Says what stands against releasing the tag in `GITHUB_REF_NAME` from `GITHUB_REPOSITORY`; nothing if nothing does. */
import { readFileSync } from 'node:fs'
import { packageRoot } from './entry-points.ts'
import { obstacles } from './release-obstacles.ts'

const read = (path: string) => readFileSync(`${packageRoot}../../${path}`, 'utf8')
const { GITHUB_REF_NAME: tag = '', GITHUB_REPOSITORY: repository = '' } = process.env

const found = obstacles({
  tag,
  repository,
  manifests: ['bridge', 'shopify'].map(name => JSON.parse(read(`packages/${name}/package.json`))),
  changelog: read('CHANGELOG.md'),
})
for (const obstacle of found) console.error(obstacle)
if (found.length) process.exitCode = 1
