import type { Analytics, AnalyticsBrowser } from '@customerio/cdp-analytics-browser'
import type { FullStory } from '@fullstory/browser'
import type Gist from 'customerio-gist-web'
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

test('so are Customer.io’s other ways, as pages declare them', () => {
  // The classic snippet has no types of its own: its stub, and what its documentation shows.
  type Classic = {
    identify(person: { id: string; email?: string; [attribute: string]: unknown }): void
    track(name: string, data?: Record<string, unknown>): void
    page(url?: string): void
    reset?(): void
  }
  const page = {} as { _cio: Classic; stub: unknown[] & Omit<Classic, 'reset'>; Gist: typeof Gist }
  createBridge({ flags, customerio: page._cio })
  createBridge({ flags, customerio: page.stub })
  createBridge({ flags, customerio: page.Gist })
  createBridge({ flags, customerio: { analytics: page._cio, gist: page.Gist } })
  createBridge({ flags, customerio: { analytics: {} as AnalyticsBrowser, gist: page.Gist } })
  createBridge({ flags, customerio: { analytics: {} as Analytics, gist: page.Gist } })
  createBridge({ flags, customerio: { analytics: 'auto', gist: page.Gist } })
  // @ts-expect-error: both, or the one itself
  createBridge({ flags, customerio: { gist: page.Gist } })
  // @ts-expect-error: the other way round
  createBridge({ flags, customerio: { analytics: page.Gist, gist: {} as Analytics } })
})

test('the vendors’ objects cannot be mixed up', () => {
  // @ts-expect-error: FullStory is a function, Customer.io's SDK is none
  createBridge({ flags, fullstory: {} as AnalyticsBrowser })
})

test('options are checked', () => {
  createBridge({
    flags,
    identity: { key: 'email' },
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

test('what identify answers is told apart by its outcome', () => {
  expectTypeOf<IdentifyResult['outcome']>().toEqualTypeOf<'stitched' | 'unchanged' | 'switched' | 'refused'>()
  expectTypeOf<IdentifyResult['id']>().toEqualTypeOf<string | null>()
})

test('events carry what their name says', () => {
  expectTypeOf(bridge.on('warning', () => {})).toEqualTypeOf<() => void>()
  bridge.on('warning', warning => expectTypeOf(warning).toEqualTypeOf<Warning>())
  bridge.on('identity', event => {
    expectTypeOf(event).toEqualTypeOf<BridgeEvents['identity']>()
    expectTypeOf(event.previousId).toEqualTypeOf<string | null>()
  })
  bridge.on('delivered', event => {
    expectTypeOf(event.vendor).toEqualTypeOf<'customerio' | 'fullstory'>()
    expectTypeOf(event.name).toEqualTypeOf<string | undefined>()
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
  expectTypeOf(bridge.ready({ timeout: 5000 })).toEqualTypeOf<Promise<Status>>()
  expectTypeOf(bridge.flush()).toEqualTypeOf<Promise<Status>>()
  // @ts-expect-error: an event has a name
  bridge.track()
  // @ts-expect-error: properties are given by name
  bridge.track('checkout_started', 129.5)
  // @ts-expect-error: no such consent
  bridge.setConsent('yes')
  // @ts-expect-error: milliseconds
  bridge.ready({ timeout: '5s' })
})
