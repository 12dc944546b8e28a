import type { Analytics, AnalyticsBrowser } from '@customerio/cdp-analytics-browser'
import type { FullStory } from '@fullstory/browser'
import { expectTypeOf, test } from 'vitest'
import {
  type BridgeEvents,
  createBridge,
  defineFlags,
  type IdentifyResult,
  type Status,
  type Warning,
} from '../../src/index.ts'

const flags = defineFlags({ vip: { type: 'bool' } })
const bridge = createBridge({ flags })

test('the vendors’ own types are accepted', () => {
  createBridge({ flags, customerio: {} as AnalyticsBrowser })
  createBridge({ flags, customerio: {} as Analytics })
  createBridge({ flags, fullstory: {} as typeof FullStory })
  createBridge({ flags, customerio: 'auto', fullstory: 'auto' })
  createBridge({ flags, customerio: false, fullstory: false })
  createBridge({ flags, fullstory: { api: 'v1' } })
  // @ts-expect-error: not a way to find it
  createBridge({ flags, customerio: 'cioanalytics' })
  // @ts-expect-error: the function itself, not its name
  createBridge({ flags, fullstory: 'FS' })
  // @ts-expect-error: V2 is used where it is there
  createBridge({ flags, fullstory: { api: 'v2' } })
})

test('the vendors’ objects cannot be mixed up', () => {
  // @ts-expect-error: FullStory is a function, Customer.io's SDK is none
  createBridge({ flags, fullstory: {} as AnalyticsBrowser })
})

test('options are checked', () => {
  createBridge({
    flags,
    identity: { key: 'email', guest: 'hash', follow: false },
    consent: 'pending',
    timeout: 100,
    maxFlags: 40,
    debug: true,
  })
  // @ts-expect-error: the flags are needed
  createBridge({})
  // @ts-expect-error: a typo
  createBridge({ flags, timeOut: 100 })
  // @ts-expect-error: no such consent
  createBridge({ flags, consent: 'yes' })
  // @ts-expect-error: no such key
  createBridge({ flags, identity: { key: 'phone' } })
  // @ts-expect-error: no such way to treat guests
  createBridge({ flags, identity: { guest: 'ignore' } })
  // @ts-expect-error: yes or no
  createBridge({ flags, identity: { follow: 'others' } })
  // @ts-expect-error: milliseconds
  createBridge({ flags, timeout: '5s' })
})

test('identify takes texts and numbers', () => {
  expectTypeOf(bridge.identify('cust_1')).toEqualTypeOf<Promise<IdentifyResult>>()
  bridge.identify(1042, { traits: { email: 'ada@example.com', nested: { any: ['thing'] } }, via: 'checkout' })
  // @ts-expect-error: an id is needed
  bridge.identify()
  // @ts-expect-error: nobody is identified as nobody, that is logout()
  bridge.identify(null)
  // @ts-expect-error: an object is no id
  bridge.identify({ id: 'cust_1' })
  // @ts-expect-error: not an option
  bridge.identify('cust_1', { trait: {} })
})

test('a guest is known by an address', () => {
  expectTypeOf(bridge.guest({ email: 'ada@example.com' })).toEqualTypeOf<Promise<IdentifyResult>>()
  bridge.guest({ email: 'ada@example.com', first_name: 'Ada', address: { city: 'Paris' } })
  // @ts-expect-error: the address is needed
  bridge.guest({ first_name: 'Ada' })
  // @ts-expect-error: a text
  bridge.guest({ email: 42 })
  // @ts-expect-error: by name
  bridge.guest('ada@example.com')
})

test('what identify answers has an outcome', () => {
  expectTypeOf<IdentifyResult['outcome']>().toEqualTypeOf<
    'stitched' | 'unchanged' | 'switched' | 'left' | 'refused'
  >()
  expectTypeOf<IdentifyResult['id']>().toEqualTypeOf<string | null>()
})

test('events carry what their name says', () => {
  expectTypeOf(bridge.on('warning', () => {})).toEqualTypeOf<() => void>()
  bridge.on('warning', warning => expectTypeOf(warning).toEqualTypeOf<Warning>())
  bridge.on('identity', event => {
    expectTypeOf(event).toEqualTypeOf<BridgeEvents['identity']>()
    expectTypeOf(event.previousId).toEqualTypeOf<string | null>()
    expectTypeOf(event.via).toEqualTypeOf<string>()
  })
  bridge.on('delivered', event => {
    expectTypeOf(event.vendor).toEqualTypeOf<'customerio' | 'fullstory'>()
    expectTypeOf(event.kind).toEqualTypeOf<'identify' | 'reset' | 'update' | 'track' | 'page'>()
    expectTypeOf(event.name).toEqualTypeOf<string | undefined>()
    // @ts-expect-error: what was delivered has no reason not to be
    event.reason
  })
  bridge.on('dropped', event => {
    expectTypeOf(event.reason).toEqualTypeOf<'full' | 'person_changed' | 'consent' | 'error'>()
  })
  // @ts-expect-error: a typo
  bridge.on('identify', () => {})
  // @ts-expect-error: no such event
  bridge.on('error', () => {})
  // @ts-expect-error: the event of another name
  bridge.on('session', (event: Warning) => event)
  // @ts-expect-error: a listener is needed
  bridge.on('warning')
})

test('the rest', () => {
  bridge.track('checkout_started', { cart_value: 129.5 })
  bridge.track('in_app_message_shown', undefined, { to: 'fullstory' })
  // @ts-expect-error: no such tool
  bridge.track('checkout_started', {}, { to: 'segment' })
  expectTypeOf(bridge.clearFlags()).toEqualTypeOf<void>()
  expectTypeOf(bridge.ready({ timeout: 5000 })).toEqualTypeOf<Promise<Status>>()
  expectTypeOf(bridge.flush()).toEqualTypeOf<Promise<Status>>()
  expectTypeOf(bridge.impersonate(true)).toEqualTypeOf<void>()
  // @ts-expect-error: yes or no
  bridge.impersonate('agent')
  // @ts-expect-error: an event has a name
  bridge.track()
  // @ts-expect-error: properties are given by name
  bridge.track('checkout_started', 129.5)
  // @ts-expect-error: no such consent
  bridge.setConsent('yes')
  // @ts-expect-error: milliseconds
  bridge.ready({ timeout: '5s' })
})
