import { expectTypeOf, test } from 'vitest'
import {
  allConsents,
  cookieConsent,
  eachConsent,
  gpcConsent,
  shopifyConsent,
} from '../../src/consent/index.ts'
import { type ConsentSource, createBridge, defineFlags } from '../../src/index.ts'

const flags = defineFlags({ vip: { type: 'bool' } })

test('each is a source of consent', () => {
  expectTypeOf(gpcConsent()).toEqualTypeOf<ConsentSource>()
  createBridge({ flags, consent: gpcConsent() })
  createBridge({ flags, consent: shopifyConsent() })
  createBridge({ flags, consent: eachConsent({ fullstory: gpcConsent() }) })
  // @ts-expect-error: no such tool
  createBridge({ flags, consent: eachConsent({ fullStory: gpcConsent() }) })
  createBridge({ flags, consent: allConsents(gpcConsent(), set => set('granted')) })
  // @ts-expect-error: it has to be made
  createBridge({ flags, consent: cookieConsent })
  // @ts-expect-error: a source is no list of them
  createBridge({ flags, consent: [gpcConsent()] })
})

test('each tool may have its own', () => {
  const bridge = createBridge({ flags, consent: { customerio: 'granted', fullstory: 'pending' } })
  bridge.setConsent({ fullstory: 'denied' })
  expectTypeOf(bridge.status().vendors.fullstory.consent).toEqualTypeOf<'granted' | 'denied' | 'pending'>()
  // @ts-expect-error: no such consent
  bridge.setConsent({ fullstory: 'yes' })
  // @ts-expect-error: no such tool
  bridge.setConsent({ segment: 'granted' })
})

test('a cookie has a name and values that mean yes', () => {
  cookieConsent({ name: 'banner', granted: 'all' })
  cookieConsent({ name: 'banner', granted: /stats:1/, denied: value => value === 'none' })
  // @ts-expect-error: what means yes?
  cookieConsent({ name: 'banner' })
  // @ts-expect-error: which cookie?
  cookieConsent({ granted: 'all' })
  // @ts-expect-error: a text, an expression or a function
  cookieConsent({ name: 'banner', granted: true })
  // @ts-expect-error: a promise is no answer
  cookieConsent({ name: 'banner', granted: async () => true })
  // @ts-expect-error: one of them
  cookieConsent({ name: 'banner', granted: ['all', 'stats'] })
})

test('Shopify asks for purposes', () => {
  shopifyConsent({ purposes: ['analytics', 'sale_of_data'] })
  // @ts-expect-error: no such purpose
  shopifyConsent({ purposes: ['ads'] })
  // @ts-expect-error: at least one
  shopifyConsent({ purposes: [] })
  // @ts-expect-error: a list, also of one
  shopifyConsent({ purposes: 'analytics' })
})

test('several are given one by one', () => {
  // @ts-expect-error: not as a list
  allConsents([gpcConsent()])
  // @ts-expect-error: an answer is no source
  allConsents('granted')
  // @ts-expect-error: not one of the answers
  allConsents(set => set('yes'))
})
