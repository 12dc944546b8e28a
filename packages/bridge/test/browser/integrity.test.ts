import { readFile } from 'node:fs/promises'
import { need } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'
import { eventually, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const SCRIPT = 'retention-bridge.iife.js'
const CHUNK = 'chunks/delivery.js'

const hashes = JSON.parse(await readFile(`${packageRoot}dist/integrity.json`, 'utf8')) as Record<
  string,
  { integrity: string }
>
const hash = (file: string) => hashes[file]?.integrity

/** A page that pins the script by its tag, and what that loads by an import map; `changed` has a byte more than it had. */
const open = async (changed?: string) => {
  const store = stage.store()
  const config = {
    flags: { vip_tier: { type: 'enum', values: ['none', 'gold'] } },
    visitor: { id: 'cust_1042', flags: { vip_tier: 'gold' } },
  }
  const url = store.url({
    way: 'own tags',
    tags: `<script type="importmap">${JSON.stringify({ integrity: { [`/dist/${CHUNK}`]: hash(CHUNK) } })}</script>
      <script type="application/json" data-retention-bridge>${JSON.stringify(config)}</script>
      <script src="/dist/${SCRIPT}" crossorigin="anonymous" integrity="${hash(SCRIPT)}"></script><!-- snippets -->`,
  })
  const context = await stage.visitor()
  if (changed)
    await context.route(`**/dist/${changed}`, async route => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()} ` })
    })
  const page = await context.newPage()
  const refused: string[] = []
  page.on('console', message => {
    if (/integrity/i.test(message.text())) refused.push(message.text())
  })
  await page.goto(url)
  const known = () => store.fullstory.view().users.filter(({ uid }) => uid === 'cust_1042')
  return { page, refused, known }
}

test('what the build says of its files is what a browser accepts', async () => {
  const { known, refused } = await open()
  await eventually(known, users => users[0]?.properties.vip_tier?.value === 'gold', 'not at FullStory')
  expect(refused).toEqual([])
})

test('a script that was changed is refused', async () => {
  need('integrity-report')
  const { page, refused, known } = await open(SCRIPT)
  await eventually(
    () => refused,
    lines => lines.length > 0,
    'not refused',
  )
  expect(await page.evaluate(() => 'RetentionBridge' in window)).toBe(false)
  expect(known()).toEqual([])
})

test('a file that the script loads is refused when it was changed, where an import map has its hash', async () => {
  need('integrity-report')
  const { page, refused, known } = await open(CHUNK)
  await eventually(
    () => refused,
    lines => lines.length > 0,
    'not refused',
  )
  expect(await page.evaluate(() => 'RetentionBridge' in window)).toBe(true)
  expect(known()).toEqual([])
})
