import { afterEach, beforeEach, expect, test, vi } from 'vitest'
// Loaded before the clock is faked: what is asked for later is there after some microtasks.
import '../../../src/customerio/find-in-app.ts'
import '../../../src/customerio/in-app-analytics.ts'
import '../../../src/customerio/in-app-gist.ts'
import { hashEmail } from '../../../src/identity/hash-email.ts'
import { type InAppOptions, inAppEvents } from '../../../src/in-app/index.ts'
import { createBridge, defineFlags } from '../../../src/index.ts'
import { HOSTILE } from '../hostile.ts'
import { leavePage } from '../page.ts'
import { vendors } from '../ready-vendors.ts'

const flags = defineFlags({ saw: { type: 'bool' }, clicked: { type: 'bool' } })

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

const emitter = () => {
  const listeners = new Set<[name: string, listener: (event: unknown) => void]>()
  return {
    listeners,
    on: (name: string, listener: () => void) => listeners.add([name, listener]),
    off: (name: string, listener: () => void) => {
      for (const entry of listeners) if (entry[0] === name && entry[1] === listener) listeners.delete(entry)
    },
    emit: (name: string, event: unknown) => {
      for (const [heard, listener] of listeners) if (heard === name) listener(event)
    },
  }
}

type Options = Partial<InAppOptions<typeof flags>>

/** A bridge with events of Gist, of a person; `told` is what was passed on to FullStory. */
const start = (options: Options = {}, id = 'ada') => {
  const events = emitter()
  const { customerio, fullstory, received } = vendors()
  const bridge = createBridge({ flags, customerio, fullstory })
  if (id) bridge.identify(id)
  const told: unknown[] = []
  bridge.track = (name, properties, more) => {
    told.push([name.replace('in_app_message_', ''), JSON.parse(JSON.stringify(properties)), more?.to])
  }
  const gist = { initialized: true, events }
  const stop = inAppEvents(bridge, { customerio: gist, ...options } as Options)
  const settled = (time = 200) => vi.advanceTimersByTimeAsync(time)
  return { events, gist, bridge, told, received, stop, settled }
}

const message = (campaignId?: string, more = {}) => ({
  messageId: 'm',
  properties: { gist: { campaignId, ...more } },
})
/** Leaves a list of messages in the browser as Gist does for a user token. */
const list = async (kind: string, token: string, fields: object) =>
  localStorage.setItem(`gist.web.${kind}.${await hashEmail(token)}`, JSON.stringify({ value: [fields] }))
/** Digests are not of the faked clock: all that were begun have come, and what they led to. */
const digests = vi.spyOn(crypto.subtle, 'digest')
const digested = async () => {
  for (let known = -1; known !== digests.mock.results.length; ) {
    known = digests.mock.results.length
    await Promise.all(digests.mock.results.map(({ value }) => value))
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
}

test('Gist: what is known of a message, to FullStory only; a button that closes it is no click', async () => {
  const { events, told, settled } = start()
  await settled()
  events.emit('messageShown', message('d'))
  events.emit('messageAction', { message: message('d'), action: '/?who=ada', name: 'buy' })
  events.emit('messageAction', { message: message('d'), action: 'gist://close', name: 'x' })
  events.emit('messageDismissed', message('', { broadcast: { broadcastId: 'b' } }))
  await settled()
  const ids = { message_id: 'm', delivery_id: 'd' }
  expect(told).toEqual([
    ['shown', ids, 'fullstory'],
    ['clicked', { ...ids, action_name: 'buy' }, 'fullstory'],
    ['dismissed', { message_id: 'm', broadcast_id: 'b' }, 'fullstory'],
  ])
})

test.each([
  ['the SDK', (sdk: object) => sdk],
  ['an AnalyticsBrowser', (sdk: object) => ({ instance: sdk, inbox: () => {} })],
  ['one of two', (sdk: object) => ({ analytics: sdk, gist: {} })],
  ['a stub that was replaced', () => []],
  ['found', () => 'auto'],
])('%s: reports of deliveries and broadcasts', async (_what, given) => {
  const sdk = { ...emitter(), queue: {}, inbox: () => {} }
  Object.assign(window, { cioanalytics: sdk })
  const { told, settled } = start({ customerio: given(sdk) as 'auto' })
  await settled()
  Reflect.deleteProperty(window, 'cioanalytics')
  const report = (event: string, properties?: object) =>
    sdk.emit('dispatch_start', { event: { type: 'track', event, properties } })
  report('Report Delivery Event', { metric: 'opened', deliveryId: 'd' })
  report('Report Content Event', { actionType: 'clicked_content', contentId: 7, actionName: 'buy' })
  report('Report Delivery', { metric: 'opened', deliveryId: 'd' })
  sdk.emit('dispatch_start', { event: { type: 'identify' } })
  await settled()
  expect(told).toEqual([
    ['shown', { delivery_id: 'd' }, 'fullstory'],
    ['clicked', { broadcast_id: 7, action_name: 'buy' }, 'fullstory'],
  ])
})

test('an SDK without in-app plugin is waited for, a minute', async () => {
  const sdk = { ...emitter(), queue: {}, inbox: undefined as unknown }
  const { settled } = start({ customerio: sdk as object })
  await settled(50_000)
  sdk.inbox = () => {}
  await settled()
  expect([sdk.listeners.size, vi.getTimerCount()]).toEqual([1, 0])
})

test('flags that a message sets', async () => {
  const { events, bridge, settled } = start({ flags: { shown: 'saw', clicked: 'clicked' } })
  await settled()
  events.emit('messageShown', message('d'))
  events.emit('messageDismissed', message('d'))
  await settled()
  expect(bridge.status().flags).toMatchObject({ saw: { value: true, source: 'in_app' } })
  expect(Object.keys(bridge.status().flags)).toEqual(['saw'])
})

test('CONSENT: without it nothing is listened to or told, nor while an agent acts', async () => {
  const { events, bridge, told, stop } = start()
  stop()
  bridge.setConsent('denied')
  inAppEvents(bridge, { customerio: { initialized: true, events } as object })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(events.listeners.size).toBe(0)
  bridge.setConsent('granted')
  await vi.advanceTimersByTimeAsync(200)
  expect(events.listeners.size).toBe(3)
  bridge.impersonate(true)
  events.emit('messageShown', message('d'))
  bridge.impersonate(false)
  bridge.setConsent('denied')
  events.emit('messageShown', message('d'))
  await vi.advanceTimersByTimeAsync(200)
  expect(told).toEqual([])
})

test('NO-LEAK: what was sent or shown to somebody else, by what is kept and by what was seen', async () => {
  const { events, bridge, told, settled } = start()
  await settled()
  events.emit('messageShown', message('seen by ada'))
  await settled()
  await list('message.user', 'ada', { properties: { gist: { campaignId: 'of ada' } } })
  await list('message.broadcasts', 'ada', { properties: { gist: { broadcast: { broadcastIdInt: 7 } } } })
  await list('message.user', 'bob', { properties: { gist: { campaignId: 'of bob' } } })
  const all = async () => {
    told.length = 0
    events.emit('messageDismissed', message('seen by ada'))
    for (const id of ['of ada', 'of bob', 'of nobody']) events.emit('messageShown', message(id))
    events.emit('messageShown', message('', { broadcast: { broadcastIdInt: 7 } }))
    await digested()
    // Digests come in any order.
    return told
      .map(event => (event as [string, object])[1])
      .map(properties => String(Object.values(properties)[1]))
      .sort()
  }
  expect(await all()).toEqual(['7', 'of ada', 'of nobody', 'seen by ada'])
  bridge.logout()
  expect(await all()).toEqual(['of bob', 'of nobody'])
  bridge.identify('bob')
  expect(await all()).toEqual(['of bob', 'of nobody'])
})

test('messages of the inbox, which are reported the same way', async () => {
  const { events, told, settled } = start()
  await list('inbox.messages', 'ada', { deliveryId: 'd', properties: { purchase_count: 7 } })
  await settled()
  events.emit('messageShown', message('d'))
  events.emit('messageShown', message('', { broadcast: { broadcastIdInt: 7 } }))
  await digested()
  expect(told).toEqual([['shown', { message_id: 'm', broadcast_id: 7 }, 'fullstory']])
})

test('the returned function leaves no listener and no timer, whenever it is called', async () => {
  const { events, told, stop, settled } = start()
  await settled(20_000)
  events.emit('messageShown', message('d'))
  stop()
  stop()
  await settled()
  expect([events.listeners.size, told, vi.getTimerCount()]).toEqual([0, [], 0])
  leavePage()
  const busy = start()
  busy.stop()
  await busy.settled(20_000)
  expect([busy.events.listeners.size, vi.getTimerCount()]).toEqual([0, 0])
})

test('HARMLESS: options, SDKs and events of any kind', async () => {
  for (const [, value] of HOSTILE) {
    leavePage()
    const { events, bridge, stop, settled } = start({ flags: value as never })
    inAppEvents(bridge, value as object)()
    inAppEvents(bridge, { customerio: value as 'auto' })()
    await settled()
    events.emit('messageShown', { messageId: value, properties: { gist: { campaignId: value } } })
    await settled()
    stop()
  }
})
