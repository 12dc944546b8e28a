import { check } from '@shopify/theme-check-node'
import { expect, it, vi } from 'vitest'
import { EXAMPLE, EXTENSION } from './shopify-liquid.ts'

// The checker would download the newest list of Liquid's objects: tests are not to depend on what it says today, nor
// on a network. Without one it takes the list that it came with.
vi.hoisted(() => {
  process.env.XDG_CACHE_HOME = `${process.env.TMPDIR ?? '/tmp'}/retention-bridge-theme-check`
  process.env.SHOPIFY_TLD_ROOT = '/nowhere'
})

it.each([
  ['the app embed', EXTENSION, 'theme-check:theme-app-extension'],
  ['the example', EXAMPLE, 'theme-check:recommended'],
])('finds nothing in %s', async (_, root, config) => {
  const offenses = await check(root, config)
  expect(
    offenses.map(({ check, message, uri, start }) => `${check} ${uri}:${start.line + 1} ${message}`),
  ).toEqual([])
})
