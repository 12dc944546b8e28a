import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkTarball } from '../../bridge/scripts/check-tarball.ts'
import { checkConsumer } from '../../bridge/scripts/consumer.ts'
import { packageRoot as bridge } from '../../bridge/scripts/entry-points.ts'
import { pack } from '../../bridge/scripts/pack.ts'

const packageRoot = fileURLToPath(new URL('..', import.meta.url))

const REQUIRED = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'pixel/README.md',
  'snippets/retention-bridge.liquid',
  'dist/custom-pixel.js',
  'dist/tell-checkout.js',
  'extensions/retention-bridge-theme/assets/retention-bridge.iife.js',
  'extensions/retention-bridge-theme/assets/retention-bridge-tell-checkout.js',
  ...['index', 'pixel'].flatMap(name => ['js', 'cjs', 'd.ts', 'd.cts'].map(end => `dist/${name}.${end}`)),
]
const EXTENSIONS = /^extensions\/retention-bridge-(pixel|theme)\//

checkTarball(packageRoot, {
  assets: ['./custom-pixel.js'],
  unexpectedFiles: files => [
    ...REQUIRED.filter(file => !files.includes(file)).map(file => `missing: ${file}`),
    ...files
      .filter(file => !REQUIRED.includes(file) && !EXTENSIONS.test(file))
      .map(file => `not wanted: ${file}`),
  ],
  consume: (project, tarball) =>
    checkConsumer(project, {
      sources: `${packageRoot}test/consumer`,
      packages: [
        tarball,
        // What it wants beside it: the library as it would be published, and Shopify's types.
        pack(bridge, dirname(tarball)).path,
        fileURLToPath(new URL('../../../node_modules/@shopify/web-pixels-extension', import.meta.url)),
      ],
      specifiers: ['@retention-bridge/shopify', '@retention-bridge/shopify/pixel'],
    }),
})
