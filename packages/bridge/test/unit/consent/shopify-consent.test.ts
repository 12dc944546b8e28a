import { beforeEach, expect, test, vi } from 'vitest'
import { type ShopifyConsentOptions, shopifyConsent } from '../../../src/consent/index.ts'
import type { Consent } from '../../../src/index.ts'
import { HOSTILE } from '../hostile.ts'
import { define, fail, openSource } from './open-source.ts'

type Answer = '' | 'yes' | 'no'

/** The documented part of Shopify's API: what is allowed, and what the visitor has said. */
const privacy = () => {
  const allowed = { analytics: false, marketing: false, preferences: false, sale_of_data: false }
  const said: Record<keyof typeof allowed, Answer> = {
    analytics: '',
    marketing: '',
    preferences: '',
    sale_of_data: '',
  }
  return {
    api: {
      analyticsProcessingAllowed: () => allowed.analytics,
      marketingAllowed: () => allowed.marketing,
      preferencesProcessingAllowed: () => allowed.preferences,
      saleOfDataAllowed: () => allowed.sale_of_data,
      currentVisitorConsent: () => said,
    },
    /** The visitor uses the banner. */
    decide: (decision: Partial<Record<keyof typeof allowed, boolean>>) => {
      Object.assign(allowed, decision)
      for (const [purpose, yes] of Object.entries(decision))
        said[purpose as keyof typeof said] = yes ? 'yes' : 'no'
      document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: {} }))
    },
    allowed,
  }
}
const shopify = (value: unknown) => define(window, 'Shopify', { value, writable: true })

beforeEach(() => {
  vi.restoreAllMocks()
  vi.useFakeTimers()
})

test('pending until the visitor decides, then what they decide', () => {
  const { api, decide } = privacy()
  shopify({ customerPrivacy: api })
  const { said } = openSource(shopifyConsent())
  expect(said).toEqual([])
  decide({ analytics: true, marketing: true })
  decide({ analytics: true, marketing: false })
  decide({ analytics: true, marketing: true })
  expect(said).toEqual(['granted', 'denied', 'granted'])
})

test('allowed where no consent is needed, though nobody has decided', () => {
  const { api, allowed } = privacy()
  Object.assign(allowed, { analytics: true, marketing: true })
  shopify({ customerPrivacy: api })
  expect(openSource(shopifyConsent()).said).toEqual(['granted'])
})

test('purposes: each has to be allowed, others do not matter', () => {
  const { api, decide } = privacy()
  shopify({ customerPrivacy: api })
  const analytics = openSource(shopifyConsent({ purposes: ['analytics'] }))
  const all = openSource(
    shopifyConsent({ purposes: ['analytics', 'marketing', 'preferences', 'sale_of_data'] }),
  )
  decide({ analytics: true, marketing: true, preferences: true })
  expect([analytics.said, all.said]).toEqual([['granted'], []])
  decide({ sale_of_data: true })
  expect(all.said).toEqual(['granted'])
  decide({ sale_of_data: false, marketing: false })
  expect([analytics.said, all.said]).toEqual([['granted'], ['granted', 'denied']])
})

test('the API is loaded once where the theme has not', () => {
  const { api, allowed } = privacy()
  Object.assign(allowed, { analytics: true, marketing: true })
  const loadFeatures = vi.fn()
  const global: Record<string, unknown> = { loadFeatures }
  shopify(global)
  const { said } = openSource(shopifyConsent())
  vi.advanceTimersByTime(3000)
  expect(loadFeatures.mock.calls).toEqual([
    [[{ name: 'consent-tracking-api', version: '0.1' }], expect.any(Function)],
  ])
  expect(said).toEqual([])
  global.customerPrivacy = api
  loadFeatures.mock.calls[0]?.[1]()
  vi.advanceTimersByTime(0)
  return Promise.resolve().then(() => {
    expect(said).toEqual(['granted'])
  })
})

test('an API that cannot be loaded is no answer', async () => {
  shopify({ loadFeatures: (_: unknown, loaded: (error: unknown) => void) => loaded(new Error('blocked')) })
  const { said } = openSource(shopifyConsent())
  await vi.advanceTimersByTimeAsync(5000)
  expect(said).toEqual([])
})

test('Shopify may come later, and nothing runs on once it has answered', () => {
  const { api, decide } = privacy()
  const { said } = openSource(shopifyConsent())
  vi.advanceTimersByTime(5000)
  shopify({ customerPrivacy: {} })
  vi.advanceTimersByTime(1000)
  shopify({ customerPrivacy: api })
  vi.advanceTimersByTime(2000)
  expect(vi.getTimerCount()).toBe(0)
  decide({ analytics: false, marketing: false })
  expect(said).toEqual(['denied'])
})

const inZone = (timeZone: string) =>
  vi.spyOn(Intl, 'DateTimeFormat').mockReturnValue({
    resolvedOptions: () => ({ timeZone }),
  } as Intl.DateTimeFormat)

test.each<[missing: Consent | undefined, timeZone: string, country: unknown, said: Consent[]]>([
  [undefined, 'America/New_York', 'US', []],
  ['pending', 'America/New_York', 'US', []],
  ['denied', 'America/New_York', 'US', ['denied']],
  ['granted', 'America/New_York', 'US', ['granted']],
  ['granted', 'Asia/Tokyo', undefined, ['granted']],
  ['granted', 'America/New_York', 'DE', ['denied']],
  ['granted', 'Europe/Berlin', 'US', ['denied']],
  ['granted', 'Atlantic/Canary', 'US', ['denied']],
  ['granted', 'Asia/Nicosia', undefined, ['denied']],
  ['granted', 'UTC', 'US', ['denied']],
])('where Shopify does not answer: %s, %s, %s', (missing, timeZone, country, expected) => {
  inZone(timeZone)
  shopify({ country, loadFeatures: () => {} })
  const { said } = openSource(shopifyConsent({ missing }))
  vi.advanceTimersByTime(9000)
  expect(said).toEqual([])
  vi.advanceTimersByTime(3000)
  expect(said).toEqual(expected)
})

test.each(
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
    ' ',
  ),
)('consent comes first in %s', country => {
  inZone('America/New_York')
  shopify({ country })
  const { said } = openSource(shopifyConsent({ missing: 'granted' }))
  vi.advanceTimersByTime(12_000)
  expect(said).toEqual(['denied'])
})

test('what Shopify answers late counts, and its failure afterwards is no yes', () => {
  inZone('America/New_York')
  const { api, decide } = privacy()
  const { said } = openSource(shopifyConsent({ missing: 'granted' }))
  vi.advanceTimersByTime(12_000)
  shopify({ customerPrivacy: api })
  vi.advanceTimersByTime(1000)
  expect(said).toEqual(['granted', 'denied', 'pending'])
  decide({ analytics: true, marketing: true })
  shopify(undefined)
  decide({})
  vi.advanceTimersByTime(20_000)
  expect(said.slice(3)).toEqual(['granted', 'denied', 'pending'])
})

test('it stops with the signal', () => {
  const { api, decide } = privacy()
  const { said, stop } = openSource(shopifyConsent())
  stop()
  shopify({ customerPrivacy: api })
  vi.advanceTimersByTime(1000)
  decide({ analytics: true, marketing: true })
  expect(said).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('what fails is no answer, and takes a yes back (HARMLESS)', () => {
  const { api, decide } = privacy()
  shopify({ customerPrivacy: api })
  const { said } = openSource(shopifyConsent())
  decide({ analytics: true, marketing: true })
  Object.assign(api, { marketingAllowed: fail })
  decide({})
  expect(said).toEqual(['granted', 'denied', 'pending'])
})

test('nothing is granted by mistake (HARMLESS)', () => {
  const { api, allowed } = privacy()
  Object.assign(allowed, { analytics: true, marketing: true })
  for (const [what, value] of HOSTILE) {
    shopify(value)
    expect([what, openSource(shopifyConsent()).said]).toEqual([what, []])
    shopify({ customerPrivacy: value })
    expect([what, openSource(shopifyConsent()).said]).toEqual([what, []])
    shopify({ customerPrivacy: { ...api, marketingAllowed: () => value } })
    if (value !== true) expect([what, openSource(shopifyConsent()).said]).toEqual([what, []])
    if (value === undefined || what === 'true') continue
    shopify({ customerPrivacy: api })
    openSource(shopifyConsent(value as ShopifyConsentOptions))
    const purposes = value as ShopifyConsentOptions['purposes']
    expect([what, openSource(shopifyConsent({ purposes })).said]).toEqual([what, []])
  }
  define(window, 'Shopify', { get: fail })
  expect(openSource(shopifyConsent()).said).toEqual([])
})
