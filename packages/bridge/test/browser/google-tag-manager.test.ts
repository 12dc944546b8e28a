import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'
import { expectHoldings, settle } from './identity-stage.ts'
import { openPage, openStage, type Stage, type Store } from './stage.ts'

/** The recipe's own code, in a page whose tags come from a container. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const recipe = readFileSync(`${packageRoot}../../docs/recipes/google-tag-manager.md`, 'utf8')
const [bridge, consent, denied, added, login, logout] = [...recipe.matchAll(/```html\n([\s\S]+?)```/g)].map(
  ([, tag]) => tag?.replace('https://cdn.example/', '/dist/'),
)

/** Tags by the event that triggers them; Tag Manager's own three come first, in this order. */
const CONTAINER = {
  'gtm.init_consent': consent,
  'gtm.init': bridge,
  add_to_cart: added,
  login,
  logout,
  banner_no: denied,
}

/**
 * Runs in the page, as gtm.js does: acts on what the data layer has and gets. Of a tag's script elements it makes new
 * ones, with few of their attributes and the page's nonce; variables become what the data layer says last.
 */
const runContainer = (container: Record<string, string>) => {
  const values: Record<string, unknown> = {}
  const insert = (tag: string) => {
    const { content } = Object.assign(document.createElement('template'), { innerHTML: tag })
    for (const { type, src, text } of content.querySelectorAll('script')) {
      const script = document.createElement('script')
      const { nonce = '' } = document.querySelector<HTMLElement>('script[nonce]') ?? {}
      Object.assign(script, { nonce, type, ...(src && { src }) })
      script.text = text.replace(/\{\{(.+?)\}\}/g, (_, name) => JSON.stringify(values[name]))
      document.head.append(script)
    }
  }
  const act = (entry: Record<string, unknown> | null) => {
    Object.assign(values, entry)
    const tag = container[String(entry?.event)]
    if (tag) insert(tag)
  }
  const layer = window.dataLayer
  const push = layer.push.bind(layer)
  layer.push = (...entries) => {
    push(...entries)
    entries.forEach(act)
    return layer.length
  }
  const earlier = [...layer]
  layer.push({ event: 'gtm.init_consent' }, { event: 'gtm.init' })
  earlier.forEach(act)
}

const DEFAULT = "gtag('consent', 'default', { analytics_storage: 'denied', ad_storage: 'denied' })"
const POLICY = `<meta http-equiv="Content-Security-Policy"
  content="script-src 'nonce-n1' 'strict-dynamic'; object-src 'none'; base-uri 'none'">`

/** Opens a page with the container, after what the page itself has put into the data layer. */
const open = async (store: Store, layer = '', container: object = CONTAINER) => {
  const tags = `${POLICY}<script>
      window.dataLayer = []
      function gtag() { dataLayer.push(arguments) }
      ${layer}
    </script><!-- snippets -->`
  // What is a tag in the container must be none in the page.
  const text = JSON.stringify(container).replaceAll('<', '\\u003c')
  const opened = await openPage(
    await stage.visitor(),
    store.url({ way: 'own tags', tags, nonce: 'n1', setup: `(${runContainer})(${text})` }),
  )
  await opened.page.waitForFunction(() => {
    window.bridge = (window as never as { retention_bridge: typeof window.bridge }).retention_bridge
    return window.bridge
  })
  return opened
}

const consents = (page: Page) =>
  page.evaluate(() => {
    const { customerio, fullstory } = window.bridge.status().vendors
    return [customerio.consent, fullstory.consent]
  })

const ADDED = "dataLayer.push({ event: 'add_to_cart', 'product id': 'harbor-mug', price: 28 })"
const LOGIN = "dataLayer.push({ event: 'login', 'customer id': 'A', 'vip tier': 'gold' })"

test('nothing before the visitor agrees, then all of it, under a content security policy', async () => {
  const store = stage.store()
  const { page, problems } = await open(store, `${DEFAULT}; ${ADDED}`)
  await page.evaluate(LOGIN)
  expect(await consents(page)).toEqual(['pending', 'pending'])
  await settle(page, store)
  // FullStory's own snippet is on the page.
  await expectHoldings(store, { sessions: [{}] })

  await page.evaluate("gtag('consent', 'update', { analytics_storage: 'granted', ad_storage: 'granted' })")
  await settle(page, store)
  const events = ['product_added_to_cart']
  await expectHoldings(store, {
    people: { A: { events } },
    sessions: [{ uid: 'A', events, flags: { vip_tier: 'gold' } }],
  })
  const told = store.fullstory.view().sessions[0]?.events.find(({ name }) => name === events[0])
  expect(told?.properties).toEqual({ product_id: 'harbor-mug', price: 28 })

  await page.evaluate("dataLayer.push({ event: 'logout' })")
  await expect.poll(() => page.evaluate(() => window.bridge.status().identity.state)).toBe('anonymous')
  expect(problems).toEqual([])
})

test.each<[what: string, layer: string, consents: [customerio: string, fullstory: string]]>([
  [
    'a default that grants',
    "gtag('consent', 'default', { analytics_storage: 'granted' })",
    ['pending', 'granted'],
  ],
  [
    'a default for a region',
    "gtag('consent', 'default', { ad_storage: 'granted', region: ['US'] })",
    ['pending', 'pending'],
  ],
  [
    'an update of one',
    `${DEFAULT}; gtag('consent', 'update', { ad_storage: 'granted', analytics_storage: 'denied' })`,
    ['granted', 'denied'],
  ],
  [
    'entries of other kinds',
    "dataLayer.push({ 0: 'config' }, null, function () {}); gtag('consent', 'update')",
    ['pending', 'pending'],
  ],
])('consent mode: %s', async (_, layer, expected) => {
  const { page, problems } = await open(stage.store(), layer)
  await expect.poll(() => consents(page)).toEqual(expected)
  expect(problems).toEqual([])
})

test('a no after a yes is heard, by the data layer and by a tag of its own', async () => {
  const { page } = await open(
    stage.store(),
    "gtag('consent', 'update', { analytics_storage: 'granted', ad_storage: 'granted' })",
  )
  await expect.poll(() => consents(page)).toEqual(['granted', 'granted'])
  await page.evaluate("gtag('consent', 'update', { analytics_storage: 'denied' })")
  expect(await consents(page)).toEqual(['granted', 'denied'])
  await page.evaluate("dataLayer.push({ event: 'banner_no' })")
  expect(await consents(page)).toEqual(['denied', 'denied'])
})

test('the order of the tags does not matter', async () => {
  const store = stage.store()
  const { page } = await open(
    store,
    `gtag('consent', 'update', { analytics_storage: 'granted', ad_storage: 'granted' }); ${LOGIN}; ${ADDED}`,
    { ...CONTAINER, 'gtm.init_consent': bridge, 'gtm.init': consent },
  )
  await settle(page, store)
  const events = ['product_added_to_cart']
  await expectHoldings(store, {
    people: { A: { events } },
    sessions: [{ uid: 'A', events, flags: { vip_tier: 'gold' } }],
  })
})

declare global {
  interface Window {
    dataLayer: Record<string, unknown>[]
  }
}
