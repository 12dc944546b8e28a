import { readdirSync, readFileSync } from 'node:fs'
import type { Request } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { repositoryRoot } from '../../../../docs/.vitepress/pages.ts'
import { read } from './markdown.ts'
import { openShop, type Shop } from './shop.ts'

/** The tables of docs/privacy.md, compared with what a browser sends and keeps. */
const document = read('docs/privacy.md')

/** Something of each row that can be found again; it is nothing else. */
const VALUE: Record<string, string> = {
  'the shared id of a known person': 'cust_70421',
  'traits, such as name and address, given to `identify`': 'Adalind',
  "a guest's e-mail address": 'guest.ada@example.com',
  'further traits of a guest': 'Guestname',
  'flags that are declared': 'declared_gold',
  'flags that are not declared': 'undeclared_value',
  'events and their properties': 'teapot_4711',
  'name and properties of a page, given to `page`': 'Page_of_teapots',
  'a property that looks like personal data': 'leak@example.com',
  'a flag with an e-mail address in it': 'flag.leak@example.com',
}

const rows = [...document.matchAll(/^\| (.+?) \| (yes|no) \| (yes|no) \| (yes|no) \|$/gm)].map(
  ([, data = '', ...cells]) => [data, cells.map(cell => cell === 'yes')] as const,
)

const SESSION = `<script type="module">
  import { createBridge } from 'retention-bridge'
  const bridge = createBridge({ flags: { vip_tier: { type: 'str' }, note: { type: 'str' } }, consent: 'pending' })
  window.say = () => {
    bridge.guest({ email: 'guest.ada@example.com', first_name: 'Guestname' })
    bridge.page({ name: 'Page_of_teapots', properties: { shelf: 'Page_of_teapots' } })
    bridge.track('viewed', { product: 'teapot_4711', contact: 'leak@example.com' })
  }
  window.identify = () =>
    bridge.identify('cust_70421', {
      traits: { email: 'guest.ada@example.com', first_name: 'Adalind' },
      flags: { vip_tier: 'declared_gold', note: 'flag.leak@example.com', other: 'undeclared_value' },
    })
  window.kept = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
</script>`

let shop: Shop
let sent: { customerio: string; fullstory: string; kept: string; keys: string[] }
const before: string[] = []

beforeAll(async () => {
  shop = await openShop()
  const bodies = { customerio: '', fullstory: '' }
  const hear = (request: Request) => {
    const text =
      decodeURIComponent(request.url().replace(/%(?![\da-f]{2})/gi, '')) + (request.postData() ?? '')
    bodies[request.url().includes('/rec/') ? 'fullstory' : 'customerio'] += text
  }
  const visit = await shop.open(SESSION, { before: (_, page) => page.on('request', hear) })
  const { page } = visit
  const run = (code: string) => page.evaluate(code) as Promise<string>
  const settle = () => run('retention_bridge.ready().then(() => retention_bridge.flush()).then(() => "")')

  await page.waitForFunction('window.say')
  await run('say()')
  await page.waitForFunction(`FS('getSession', { format: 'id' }) && cioanalytics.initialized`)
  before.push(...Object.values(VALUE).filter(value => (bodies.customerio + bodies.fullstory).includes(value)))
  const untouched = Object.keys(JSON.parse(await run('kept()'))[0]).filter(key => /retention|rb_/.test(key))
  before.push(...untouched)

  await run(`retention_bridge.setConsent('granted')`)
  await settle()
  // Kept while they are a guest.
  const guest = await run('localStorage.retention_bridge')
  await run('identify()')
  await settle()
  const { customerio, fullstory } = visit.workspace
  await vi.waitFor(
    () => {
      expect(customerio.view().people.map(({ id }) => id)).toContain('cust_70421')
      expect(JSON.stringify(fullstory.view())).toContain('declared_gold')
    },
    { timeout: 20_000 },
  )
  const [local, session] = JSON.parse(await run('kept()')) as Record<string, string>[]
  // The vendors' SDKs keep what they were given as well: ours are those keys.
  const ours = ([key]: [string, string]) => /retention|rb_/.test(key)
  const entries = Object.entries({ ...local, ...session }).filter(ours)
  sent = { ...bodies, kept: guest + JSON.stringify(entries), keys: entries.map(([key]) => key) }
}, 120_000)
afterAll(() => shop.close())

it('says nothing, and keeps nothing, before there is consent', () => {
  expect(before).toEqual([])
})

it('has a row for each kind of data', () => {
  expect(rows.map(([data]) => data).sort()).toEqual(Object.keys(VALUE).sort())
})

it.each(rows)('%s', (data, [customerio, fullstory, kept]) => {
  const value = VALUE[data] ?? ''
  // One address contains the other.
  const has = (text = '') =>
    text.replaceAll(value === 'leak@example.com' ? 'flag.leak@example.com' : '', '').includes(value)
  expect([has(sent.customerio), has(sent.fullstory), has(sent.kept)]).toEqual([customerio, fullstory, kept])
})

it('names each key that the sources write to', () => {
  const folders = ['packages/bridge/src/', 'packages/shopify/src/', 'packages/shopify/pixel/']
  const texts = folders.flatMap(folder =>
    (readdirSync(repositoryRoot + folder, { recursive: true }) as string[])
      .filter(file => file.endsWith('.ts'))
      .map(file => readFileSync(repositoryRoot + folder + file, 'utf8')),
  )
  const keys = texts
    .filter(text => /setItem|STORAGE_KEY =|CARRY_KEY =/.test(text))
    .flatMap(text => [...text.matchAll(/'((?:retention_bridge|rb_|ajs_)\w*)'/g)].map(([, key]) => key))
  expect(keys.length).toBeGreaterThan(4)
  expect(keys.filter(key => !document.includes(`\`${key}\``))).toEqual([])
})

it('names the keys that are kept', () => {
  expect(sent.keys.filter(key => !document.includes(`\`${key}\``))).toEqual([])
})
