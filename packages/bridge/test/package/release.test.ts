import { expect, it } from 'vitest'
import { obstacles, type Release } from '../../scripts/release-obstacles.ts'

const repository = { url: 'git+https://github.com/shop/retention-bridge.git' }
const READY: Release = {
  tag: 'v1.2.0',
  repository: 'shop/retention-bridge',
  manifests: [
    { name: 'retention-bridge', version: '1.2.0', repository },
    {
      name: '@retention-bridge/shopify',
      version: '1.2.0',
      repository,
      peerDependencies: { 'retention-bridge': '^1.2.0' },
    },
  ],
  changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-30\n',
}
const [library, shopify] = READY.manifests as [(typeof READY.manifests)[0], (typeof READY.manifests)[0]]

it('lets a release go that is complete', () => {
  expect(obstacles(READY)).toEqual([])
})

it.each<[string, Partial<Release>, string]>([
  ['a tag that is no version', { tag: 'latest' }, 'no version'],
  ['a package of another version', { manifests: [{ ...library, version: '1.1.9' }] }, 'has version 1.1.9'],
  ['another repository', { repository: 'fork/retention-bridge' }, 'no provenance'],
  ['no repository', { manifests: [{ ...library, repository: undefined }] }, 'no provenance'],
  [
    'a peer range of before',
    { manifests: [{ ...shopify, peerDependencies: { 'retention-bridge': '^1.1.0' } }] },
    'wants retention-bridge ^1.1.0',
  ],
  ['changes without a date', { changelog: '## [Unreleased]\n' }, 'no dated section'],
])('holds up %s', (_, change, reason) => {
  expect(obstacles({ ...READY, ...change }).join('\n')).toContain(reason)
})
