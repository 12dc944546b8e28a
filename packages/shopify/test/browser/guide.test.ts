import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { collectErrors } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from '../../../bridge/test/browser/stage.ts'
import { ada, EXAMPLE } from '../shopify-liquid.ts'
import { expectLeft } from './pixel-stage.ts'
import { openShop } from './shop.ts'

/** What README.md and pixel/README.md have a merchant do, in a theme that has nothing of it, by the published files. */
let stage: Stage
const theme = mkdtempSync(join(tmpdir(), 'theme-'))
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  rmSync(theme, { recursive: true })
  await stage.close()
})

const published = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url))
const edit = (file: string, from: string, to: string) => {
  const path = join(theme, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}

const RENDER = "    {% render 'retention-bridge' %}\n"

test('a theme without it, the three steps for the snippet, the pixel: the customer and a failed payment, in both tools', async () => {
  // A theme as it was before.
  cpSync(EXAMPLE, theme, { recursive: true })
  for (const part of ['assets', 'snippets']) rmSync(join(theme, part), { recursive: true })
  edit('layout/theme.liquid', RENDER, '')

  // 1. The files of `assets`.
  cpSync(published('extensions/retention-bridge-theme/assets'), join(theme, 'assets'), { recursive: true })
  // 2. The snippet, with the settings at its top: the flags and rules of the guide, and what the pixel sees.
  cpSync(published('snippets'), join(theme, 'snippets'), { recursive: true })
  const [flags = '', rules = ''] = [
    ...readFileSync(published('README.md'), 'utf8').matchAll(/```\n([\s\S]+?)```/g),
  ].map(([, lines]) => lines ?? '')
  const snippet = 'snippets/retention-bridge.liquid'
  const checkout =
    'checkout_state: enum started, contact, shipping, payment, failed, completed, abandoned\npayment_failed: bool\n'
  edit(snippet, '  purchase_count: int\n', flags + checkout)
  edit(snippet, '  customer.orders_count -> purchase_count\n', rules)
  edit(snippet, 'assign tell_checkout = false', 'assign tell_checkout = true')
  // 3. Rendered before `</body>`.
  edit('layout/theme.liquid', '  </body>', `${RENDER}  </body>`)

  const store = stage.store()
  store.fullstory.declare([...`${flags}${checkout}`.matchAll(/^(\w+):/gm)].map(([, name]) => name as string))
  // The pixel is pasted and its settings are filled in where the shop is opened.
  const shop = await openShop(stage.sandbox.origin, store, [ada], theme)
  const visitor = await stage.visitor()
  const problems: string[] = []
  collectErrors(visitor, problems)
  const page = await visitor.newPage()
  await page.goto(shop.url('/account/login'))
  await page.fill('[type=email]', String(ada.email))
  await page.click('main button')
  await page.waitForURL('**/account')
  const known = () => [
    store.fullstory.sessionsWhere('vip_tier', 'gold').map(({ uid }) => uid),
    store.customerio.view().people.map(({ id }) => id),
  ]
  await expect.poll(known).toEqual([['1042'], ['1042']])

  await page.goto(shop.url('/checkout'))
  await page.waitForSelector('html[data-ready]')
  await page.fill('[name=email]', String(ada.email))
  await page.click('text=Continue to shipping')
  await page.fill('[name=address]', '1 Example Street')
  await page.click('text=Continue to payment')
  await page.fill('[name=card]', '4000000000000002')
  await page.click('text=Pay now')
  await expect
    .poll(() =>
      store.customerio
        .view()
        .people.map(({ id, events }) => [id, events.some(({ name }) => name === 'payment_failed')]),
    )
    .toEqual([['1042', true]])
  await expectLeft(page, 'failed')
  await page.goto(shop.url('/'))
  await expect
    .poll(() => store.fullstory.sessionsWhere('payment_failed', 'true').map(({ uid }) => uid))
    .toEqual(['1042'])
  expect([...store.fullstory.view().violations, ...store.customerio.view().violations]).toEqual([])
  expect(problems).toEqual([])
  await shop.close()
})
