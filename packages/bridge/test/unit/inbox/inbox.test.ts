import { afterEach, beforeEach, expect, test, vi } from 'vitest'
// Loaded before the clock is faked: what is asked for later is there after some microtasks.
import '../../../src/customerio/find-inbox.ts'
import { type InboxOptions, inboxFlags } from '../../../src/inbox/index.ts'
import { createBridge, defineFlags } from '../../../src/index.ts'
import { HOSTILE } from '../hostile.ts'
import { leavePage } from '../page.ts'
import { vendors } from '../ready-vendors.ts'

const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'], off: 'none', aliases: ['VIP'] },
  cart_abandoner: { type: 'bool' },
  purchase_count: { type: 'int' },
})
const HOUR = 3_600_000

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

/** Leaves something in the browser as Gist does. */
const store = (name: string, value: unknown) =>
  localStorage.setItem(`gist.web.${name}`, JSON.stringify({ value, expiry: new Date(Date.now() + HOUR) }))

/** An inbox as the JavaScript SDK has it, which is the current token's. */
const inboxOf = (messages: object[] = []) => {
  const listeners = new Set<() => void>()
  const marked: string[] = []
  const mark = (how: string) => async () => void marked.push(how)
  const sdk = {
    failing: false,
    inbox: vi.fn((_topic: string) => {
      if (sdk.failing) throw new Error('not loaded yet')
      return {
        messages: async () =>
          messages.map((message, place) => ({
            messageId: `m${place}`,
            opened: false,
            sentAt: new Date(),
            markOpened: mark(`open m${place}`),
            markDeleted: mark(`delete m${place}`),
            ...message,
          })),
        onUpdates: (listener: () => void) => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      }
    }),
  }
  return { sdk, messages, marked, listeners, update: () => [...listeners].map(listener => listener()) }
}

type Options = InboxOptions<typeof flags>

const start = (messages: object[] = [], options?: Partial<Options>, id = 'ada') => {
  const inbox = inboxOf(messages)
  const { customerio, fullstory } = vendors()
  const bridge = createBridge({ flags, customerio, fullstory })
  if (id) store('userToken', id)
  if (id) bridge.identify(id)
  const stop = inboxFlags(bridge, { flags, customerio: inbox.sdk as object, ...options })
  /** The flags of the current person; FullStory's budget is the page's, and tests share it. */
  const now = () =>
    Object.fromEntries(Object.entries(bridge.status().flags).map(([name, { value }]) => [name, value]))
  return { ...inbox, bridge, now, stop, settled: (time = 200) => vi.advanceTimersByTimeAsync(time) }
}

test('a message is applied once, with its source, and marked', async () => {
  const at = new Date(Date.now() - HOUR).toISOString()
  const { sdk, bridge, now, marked, settled, update } = start([
    { properties: { set: { vip_tier: 'gold', cart_abandoner: true }, at } },
  ])
  await settled()
  expect(sdk.inbox).toHaveBeenCalledWith('retention_flags')
  expect(now()).toEqual({ vip_tier: 'gold', cart_abandoner: true })
  expect(bridge.status().flags.vip_tier).toMatchObject({ source: 'inbox', at: Date.parse(at) })
  update()
  update()
  await settled()
  expect(marked).toEqual(['open m0'])
})

test('`unset` is the value that means off, by any spelling; flags without one and `set` stay', async () => {
  const { bridge, now, settled } = start([
    { properties: { unset: ['vip', 'cart_abandoner', 'purchase_count', 'nobody', '__proto__'] } },
    { properties: { unset: 'cart_abandoner', set: { cart_abandoner: true } } },
  ])
  bridge.setFlags({ purchase_count: 3 }, { at: 1 })
  await settled()
  expect(now()).toEqual({ vip_tier: 'none', cart_abandoner: true, purchase_count: 3 })
  expect(bridge.status().warnings).toEqual([])
})

test('without the plan `unset` does nothing', async () => {
  const { now, marked, settled } = start([{ properties: { unset: ['cart_abandoner'] } }], {
    flags: undefined as never,
  })
  await settled()
  expect([now(), marked]).toEqual([{}, ['open m0']])
})

test('opened ones are nobody’s business; `after` deletes', async () => {
  const { now, marked, settled } = start(
    [
      { opened: true, properties: { set: { vip_tier: 'gold' } } },
      { properties: { set: { purchase_count: 1 } } },
    ],
    { after: 'delete', topic: 'other' },
  )
  await settled()
  expect([now(), marked]).toEqual([{ purchase_count: 1 }, ['delete m1']])
})

test('in the order of `at`, then of when they were sent, whatever the SDK’s', async () => {
  const sent = (minute: number, value: number, at?: number) => ({
    sentAt: new Date(minute * 60_000),
    properties: { set: { purchase_count: value }, at: at && new Date(at * 60_000).toISOString() },
  })
  const { bridge, settled } = start([
    sent(9, 4),
    sent(8, 3, 5),
    sent(7, 2, 5),
    sent(6, 1, 4),
    sent(Number.NaN, 0),
  ])
  const heard: unknown[] = []
  bridge.on('flags', ({ values }) => heard.push(values.purchase_count))
  await settled()
  expect(heard).toEqual([0, 1, 2, 3, 4])
})

test('NO-LEAK: neither the inbox of another token nor a message that was sent to somebody else', async () => {
  const { bridge, now, marked, settled, update } = start([{ properties: { set: { vip_tier: 'gold' } } }])
  store('userToken', 'bob')
  await settled()
  expect([now(), marked]).toEqual([{}, []])
  // What the SDK has filed under the next person.
  store('inbox.messages.of-ada', [{ queueId: 'm0', userToken: 'bob' }])
  store('userToken', 'ada')
  update()
  await settled()
  expect([now(), marked]).toEqual([{}, []])
  bridge.identify('bob')
  store('userToken', 'bob')
  await settled()
  expect([now(), marked]).toEqual([{ vip_tier: 'gold' }, ['open m0']])
})

test('NO-LEAK: somebody else since the messages were asked for', async () => {
  const inbox = inboxOf([{ properties: { set: { vip_tier: 'gold' } } }])
  const { now, bridge, settled } = start([], {
    customerio: {
      inbox: () => ({
        ...inbox.sdk.inbox(''),
        messages: async () => {
          if (bridge.status().identity.id === 'ada') bridge.identify('bob')
          return inbox.sdk.inbox('').messages()
        },
      }),
    } as object,
  })
  await settled(HOUR)
  expect([now(), inbox.marked]).toEqual([{}, []])
})

test.each([
  ['an AnalyticsBrowser', (sdk: object) => ({ instance: sdk, inbox: () => expect.unreachable() })],
  ['one of two', (sdk: object) => ({ analytics: sdk, gist: {} })],
  ['a stub that was replaced', () => []],
  ['found', () => 'auto'],
])('%s', async (_what, given) => {
  const { sdk } = inboxOf([{ properties: { set: { vip_tier: 'gold' } } }])
  Object.assign(window, { cioanalytics: sdk })
  const { now, settled } = start([], { customerio: given(sdk) as 'auto' })
  await settled()
  expect(now()).toEqual({ vip_tier: 'gold' })
  Reflect.deleteProperty(window, 'cioanalytics')
})

test('an in-app plugin that comes late is waited for, a minute; then again when the person changes', async () => {
  const { sdk, bridge, now, settled, stop } = start([{ properties: { set: { vip_tier: 'gold' } } }])
  sdk.failing = true
  await settled(2 * 60_000)
  const asked = sdk.inbox.mock.calls.length
  await settled(HOUR)
  expect(sdk.inbox.mock.calls.length).toBe(asked)
  sdk.failing = false
  await settled()
  expect(now()).toEqual({})
  store('userToken', 'bob')
  bridge.identify('bob')
  await settled()
  expect(now()).toEqual({ vip_tier: 'gold' })
  stop()
})

test('nobody known: no SDK is asked and no timer runs', async () => {
  const { sdk, settled } = start([{ properties: { set: { vip_tier: 'gold' } } }], {}, '')
  await settled(20_000)
  expect(sdk.inbox).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

test('the returned function leaves no listener and no timer, whenever it is called', async () => {
  const done = start([{ properties: { set: { vip_tier: 'gold' } } }])
  await done.settled(20_000)
  expect(done.listeners.size).toBe(1)
  done.stop()
  done.stop()
  expect([done.listeners.size, vi.getTimerCount()]).toEqual([0, 0])
  leavePage()

  const busy = start([{ properties: { set: { vip_tier: 'gold' } } }])
  busy.stop()
  await busy.settled(20_000)
  expect([busy.listeners.size, busy.now(), vi.getTimerCount()]).toEqual([0, {}, 0])
})

test('HARMLESS: content of any kind, an SDK of any kind, options of any kind', async () => {
  const { now, marked, settled } = start([
    ...HOSTILE.map(([, properties]) => ({ properties, markOpened: () => Promise.reject(new Error('no')) })),
    { properties: { set: { purchase_count: 1 } }, sentAt: new Date('?') },
  ])
  await settled(HOUR)
  expect(now()).toEqual({ purchase_count: 1 })
  expect(marked).toEqual([`open m${HOSTILE.length}`])
  leavePage()
  for (const [, value] of HOSTILE) {
    start([], { customerio: value as 'auto', flags: value as never }).stop()
    inboxFlags(start().bridge, value as object)()
    await settled(1000)
  }
})
