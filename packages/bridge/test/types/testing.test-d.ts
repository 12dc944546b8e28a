import type { Analytics } from '@customerio/cdp-analytics-browser'
import type { FullStory } from '@fullstory/browser'
import { expectTypeOf, test } from 'vitest'
import { inboxFlags } from '../../src/inbox/index.ts'
import { createBridge, defineFlags } from '../../src/index.ts'
import {
  createCustomerIo,
  createFullStory,
  expectEvent,
  expectFlag,
  expectNoLeak,
  expectNoViolations,
  expectOneIdentity,
  type RetentionMatchers,
  settled,
  type Violation,
} from '../../src/testing/index.ts'

const flags = defineFlags({ vip: { type: 'bool' } })
const fullstory = createFullStory({ delayStart: true })
const customerio = createCustomerIo({ delayStart: true })

test('the doubles are what createBridge takes', () => {
  const bridge = createBridge({ flags, fullstory, customerio })
  inboxFlags(bridge, { flags, customerio })
  // @ts-expect-error: each in its place
  createBridge({ flags, fullstory: customerio })
  // @ts-expect-error: not an option
  createFullStory({ delay: true })
})

test('FullStory’s double is what the vendor’s types say', () => {
  // Of the function and each of its methods; what exists only once fs.js is there is optional in both.
  expectTypeOf(fullstory).toExtend<typeof FullStory>()
  expectTypeOf(fullstory('getSession', { format: 'id' })).toEqualTypeOf<string | null | undefined>()
  expectTypeOf(fullstory('getSessionAsync')).toEqualTypeOf<Promise<string>>()
  expectTypeOf(fullstory('getSession', { format: 'all' })).toExtend<{ userId: string } | null | undefined>()
  expectTypeOf(fullstory('getConfig')?.user?.uid).toEqualTypeOf<string | undefined>()
  fullstory('observe', { type: 'start', callback: () => {} })?.disconnect()
  fullstory.identify('A', { displayName: 'Ada' })
  // @ts-expect-error: not an operation
  fullstory('identify', {})
})

/** What the real SDK takes; its class has private members, and so is no interface that a double could have. */
type Takes<Method extends 'identify' | 'track' | 'page' | 'setAnonymousId' | 'on'> = Parameters<
  Analytics[Method]
>

test('Customer.io’s double takes what the vendor’s types say, and answers what they promise', () => {
  expectTypeOf<Takes<'identify'>>().toExtend<Parameters<typeof customerio.identify>>()
  expectTypeOf<Takes<'track'>>().toExtend<Parameters<typeof customerio.track>>()
  expectTypeOf<Takes<'page'>>().toExtend<Parameters<typeof customerio.page>>()
  expectTypeOf<Takes<'setAnonymousId'>>().toExtend<Parameters<typeof customerio.setAnonymousId>>()
  expectTypeOf<Takes<'on'>>().toExtend<Parameters<typeof customerio.on>>()
  expectTypeOf(customerio.user()).toExtend<
    Pick<ReturnType<Analytics['user']>, 'id' | 'anonymousId' | 'traits' | 'identify' | 'reset'>
  >()
  expectTypeOf(customerio.inbox('offers')).toExtend<ReturnType<NonNullable<Analytics['inbox']>>>()
  expectTypeOf(customerio.identify('A')).toExtend<Promise<{ event: unknown }>>()
  expectTypeOf<Awaited<ReturnType<Analytics['identify']>>>().toExtend<{ event: unknown }>()
  expectTypeOf(customerio.ready(() => {})).toExtend<ReturnType<Analytics['ready']>>()
  // A listener of the real one is one of the double.
  const listener = (id: string, traits: object) => [id, traits]
  customerio
    .on('identify', listener)
    .once('reset', () => {})
    .off('identify', listener)
})

test('expectations', () => {
  const bridge = createBridge({ flags, fullstory, customerio })
  expectOneIdentity({ bridge, fullstory, customerio }, 'A')
  expectTypeOf(settled({ bridge })).toEqualTypeOf<Promise<void>>()
  settled(
    { bridge },
    { timeout: 100, advanceTimers: (milliseconds: number) => Promise.resolve(milliseconds) },
  )
  expectFlag(fullstory, 'vip', true, 'A')
  expectTypeOf(expectEvent(customerio, 'viewed', {}, null).person).toEqualTypeOf<string | null>()
  expectNoViolations(fullstory, customerio)
  expectNoLeak({ fullstory }, { id: 'A', values: { vip: true }, events: ['viewed'] }, { id: null })
  for (const violation of [...fullstory.violations, ...customerio.violations])
    expectTypeOf(violation).toExtend<Violation>()
  // @ts-expect-error: flags are FullStory's
  expectFlag(customerio, 'vip', true)
  // @ts-expect-error: an id
  expectOneIdentity({ bridge }, null)
  // @ts-expect-error: not a vendor
  expectOneIdentity({ segment: customerio }, 'A')
})

test('matchers have types for any test runner', () => {
  expectTypeOf<RetentionMatchers<void>['toHaveOneIdentity']>().toEqualTypeOf<(id: string) => void>()
})
