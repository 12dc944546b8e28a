import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, answers, expectHoldings, expectId, openBesideVendors, settle } from './identity-stage.ts'
import { openStage, type Stage } from './stage.ts'

/** Consent as it is read from the page: what is called, loaded and stored, by looking at network and storage. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** A bridge with this source that is told one of everything. */
const create = (source: string) => `
  const { gpcConsent, cookieConsent, shopifyConsent, allConsents } = await import('/dist/consent/index.js')
  window.bridge = createBridge({ flags: plan, consent: ${source} })
  bridge.identify('A', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold' } })
  bridge.track('first')`

const COOKIE = "cookieConsent({ name: 'banner', granted: /stats:1/, denied: /stats:0/ })"
const GPC = "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })"
/** Shopify's documented API, which comes when it is asked for; `decide` is its banner. */
const SHOPIFY = `
  const allowed = { analytics: false, marketing: false }
  const said = { analytics: '', marketing: '', preferences: '', sale_of_data: '' }
  window.Shopify = {
    loadFeatures: (features, loaded) => setTimeout(() => {
      Shopify.customerPrivacy = {
        analyticsProcessingAllowed: () => allowed.analytics,
        marketingAllowed: () => allowed.marketing,
        currentVisitorConsent: () => said,
      }
      loaded()
    }, 50),
  }
  window.decide = yes => {
    for (const purpose in allowed) {
      allowed[purpose] = yes
      said[purpose] = yes ? 'yes' : 'no'
    }
    document.dispatchEvent(new CustomEvent('visitorConsentCollected'))
  }`

/** Opens a page on which the vendors are ready, whatever the bridge does. */
const open = async (choice: { setup?: string; before?: string }) => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const vendors = new Set<string>()
  visitor.on('request', request => {
    const { pathname, origin } = new URL(request.url())
    if (origin === stage.sandbox.origin)
      vendors.add(`${request.method()} ${pathname.replaceAll(store.id, '<workspace>')}`)
  })
  const opened = await openBesideVendors(visitor, store.url(choice))
  const { page } = opened
  return {
    ...opened,
    store,
    vendors,
    consent: () => page.evaluate(() => window.bridge.status().consent),
    /** What the bridge and the vendors' own scripts have left in this browser. */
    stored: () => storedIn(visitor, page),
    settle: () => settle(page, store),
  }
}
type Opened = Awaited<ReturnType<typeof open>>

const storedIn = async (visitor: BrowserContext, page: Page) => {
  const keys = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
  const cookies = (await visitor.cookies()).map(({ name }) => name)
  return [...keys, ...cookies].filter(name => name !== 'banner').sort()
}

const isSaid = (opened: Opened, consent: string) => expect.poll(opened.consent).toBe(consent)

/** Nothing of the bridge's is anywhere. */
const expectSilence = async (opened: Opened) => {
  await opened.settle()
  await expectHoldings(opened.store, { sessions: [{}] })
  expect(opened.chunks).toEqual([])
  expect(await opened.stored()).not.toContain('retention_bridge')
  expect(opened.problems).toEqual([])
}

const expectAda = async (opened: Opened, events: string[], identifies: unknown = 1) => {
  await opened.settle()
  await expectHoldings(opened.store, {
    people: { A: { traits: ADA, events } },
    sessions: [{ uid: 'A', events, flags: { vip_tier: 'gold' }, identifies }],
  })
  await expectId({ answers: () => answers(opened.page) }, 'A')
  expect(opened.problems).toEqual([])
}

/** Each source, and what makes the visitor's answer. */
const sources = [
  {
    name: 'a cookie',
    choice: { setup: create(COOKIE) },
    decide: (opened: Opened, yes: boolean) =>
      opened.page.evaluate(value => {
        // biome-ignore lint/suspicious/noDocumentCookie: as a banner does.
        document.cookie = `banner=stats%3A${value}; path=/`
      }, +yes),
  },
  {
    name: 'Shopify',
    choice: { setup: create('shopifyConsent()'), before: SHOPIFY },
    decide: (opened: Opened, yes: boolean) => opened.page.evaluate(`decide(${yes})`),
  },
  {
    name: 'a cookie and no GPC',
    choice: { setup: create(`allConsents(gpcConsent(), ${COOKIE})`) },
    decide: (opened: Opened, yes: boolean) =>
      opened.page.evaluate(value => {
        // biome-ignore lint/suspicious/noDocumentCookie: as a banner does.
        document.cookie = `banner=stats%3A${value}; path=/`
      }, +yes),
  },
]

describe.each(sources)('$name', ({ choice, decide }) => {
  test('pending, then granted: all that was said, in order (CONSENT)', async () => {
    const opened = await open(choice)
    await expectSilence(opened)
    expect(await opened.consent()).toBe('pending')
    await decide(opened, true)
    await isSaid(opened, 'granted')
    await expectAda(opened, ['first'])
    expect(opened.chunks.length).toBeGreaterThan(0)
    expect(await opened.stored()).toContain('retention_bridge')
  })

  test('pending, then denied: nothing, and nothing later (CONSENT)', async () => {
    const opened = await open(choice)
    await opened.settle()
    await decide(opened, false)
    await isSaid(opened, 'denied')
    await opened.page.evaluate(() => window.bridge.track('late'))
    await expectSilence(opened)
  })

  test('granted, denied, granted: silence between, and nothing of it replayed (CONSENT)', async () => {
    const opened = await open(choice)
    await decide(opened, true)
    await expectAda(opened, ['first'])
    await decide(opened, false)
    await isSaid(opened, 'denied')
    await opened.page.evaluate(() => window.bridge.track('silent'))
    await expectAdaStays(opened)
    await decide(opened, true)
    await isSaid(opened, 'granted')
    await opened.page.evaluate(() => window.bridge.track('again'))
    await expectAda(opened, ['first', 'again'], expect.any(Number))
  })
})

const expectAdaStays = async (opened: Opened) => {
  await opened.settle()
  await expectHoldings(opened.store, {
    people: { A: { traits: ADA, events: ['first'] } },
    sessions: [{ uid: 'A', events: ['first'], flags: { vip_tier: 'gold' } }],
  })
}

test('a banner’s cookie that is gone: calls stop, and wait for the next answer (CONSENT)', async () => {
  const opened = await open({ setup: create(COOKIE) })
  await sources[0]?.decide(opened, true)
  await expectAda(opened, ['first'])
  await opened.page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as a banner does.
    document.cookie = 'banner=; path=/; max-age=0'
  })
  await isSaid(opened, 'pending')
  await opened.page.evaluate(() => window.bridge.track('waits'))
  await expectAdaStays(opened)
  await sources[0]?.decide(opened, true)
  await isSaid(opened, 'granted')
  await expectAda(opened, ['first', 'waits'], expect.any(Number))
})

test('GPC: a page with the bridge asks the vendors for and stores what one without it does (CONSENT)', async () => {
  // `settle` asks the bridge first.
  const bare = await open({ before: GPC, setup: 'window.bridge = { flush: async () => {} }' })
  await bare.settle()
  for (const source of ['gpcConsent()', `allConsents(${COOKIE}, gpcConsent())`]) {
    const opened = await open({ before: GPC, setup: create(source) })
    expect(await opened.consent()).toBe('denied')
    await sources[0]?.decide(opened, true)
    await expectSilence(opened)
    expect(await opened.consent()).toBe('denied')
    expect(await opened.stored()).toEqual(await bare.stored())
    expect([...opened.vendors].sort()).toEqual([...bare.vendors].sort())
  }
})

test('no GPC: everything is said at once', async () => {
  const opened = await open({ setup: create('gpcConsent()') })
  await expectAda(opened, ['first'])
})

test('a destroyed bridge is not heard of again, whatever its sources would say', async () => {
  const opened = await open({ setup: `${create(`allConsents(gpcConsent(), ${COOKIE})`)}; bridge.destroy()` })
  await sources[0]?.decide(opened, true)
  await expectSilence(opened)
})
