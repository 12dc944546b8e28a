import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { builtinEnvironments } from 'vitest/runtime'
import { packageRoot } from '../../scripts/entry-points.ts'
import { bundleModule } from './bundle.ts'
import { where } from './markdown.ts'
import { modules } from './modules.ts'

/** What documents say about tests is run in one: it imports the test runner. */
const folder = `${packageRoot}test/documents/.run/`
mkdirSync(folder, { recursive: true })
// Not by a comment at the top of this file: what it imports is read from disk.
const { teardown } = await builtinEnvironments['happy-dom'].setup(globalThis, {})
afterAll(async () => {
  await teardown(globalThis)
  rmSync(folder, { recursive: true })
})

const all = modules()
const tests = all.filter(({ block }) => /testing\.md$/.test(block.document))

const bridge = () =>
  (window as { retention_bridge?: { destroy(): void; status(): { warnings: unknown[] } } }).retention_bridge

it.each(tests.map(module => [where(module.block), module] as const))('%s', async (_, module) => {
  bridge()?.destroy()
  localStorage.clear()
  const file = `${folder}${module.id}.js`
  writeFileSync(file, await bundleModule(module, all))
  await import(/* @vite-ignore */ file)
  expect(bridge()?.status().warnings ?? []).toEqual([])
})
