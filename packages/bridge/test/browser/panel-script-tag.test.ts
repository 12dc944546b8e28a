import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialog, openPanelStage } from './panel-stage.ts'
import { openPage } from './stage.ts'

let stage: Awaited<ReturnType<typeof openPanelStage>>
beforeAll(async () => {
  stage = await openPanelStage()
})
afterAll(() => stage.close())

const tags = (config: object) =>
  `<script type="application/json" data-retention-bridge>${JSON.stringify({ flags: {}, ...config })}</script>
   <script src="/dist/retention-bridge-full.iife.js"></script><!-- snippets -->`

const open = async (config: object, search: string) => {
  const visitor = await stage.visitor()
  const files: string[] = []
  visitor.on('request', request => files.push(request.url().split('/chunks/')[1] ?? ''))
  const store = stage.store()
  const opened = await openPage(visitor, store.url({ way: 'own tags', tags: tags(config) }) + search)
  return { ...opened, files }
}

test('the address asks for it, and the configuration lets it', async () => {
  const { page, problems } = await open({ panel: true }, '?retention_bridge_debug=1')
  await dialog(page).waitFor()
  await dialog(page).getByText('All is well.').waitFor()
  expect(problems).toEqual([])
})

test('the development build takes what the configuration asks for as its options', async () => {
  const config = { panel: true, pageFlags: true, inboxFlags: { topic: 'flags' }, flagTraits: ['tier'] }
  const store = stage.store()
  const development = tags(config).replace('/dist/', '/dist/development/')
  const url = store.url({ way: 'own tags', tags: development })
  const { page, warnings } = await openPage(await stage.visitor(), `${url}?retention_bridge_debug=1`)
  await dialog(page).getByText('All is well.').waitFor()
  expect(warnings).toEqual([])
})

test.each([
  [{ panel: true }, ''],
  [{ panel: true }, '?retention_bridge_debug=10'],
  [{}, '?retention_bridge_debug=1'],
  [{ panel: false }, '?retention_bridge_debug=1'],
])('not with %o at %j, and nothing of it is loaded', async (config, search) => {
  const { page, files } = await open(config, search)
  await page.evaluate('retention_bridge.ready().then(() => {})')
  await expect.poll(() => files.filter(Boolean)).toContain('delivery.js')
  expect(files.filter(file => /doctor|panel|examine/.test(file))).toEqual([])
})
