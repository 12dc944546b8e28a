import { afterEach, describe, expect, test, vi } from 'vitest'
import { inboxFlags } from '../../../src/inbox/index.ts'
import { createBridge, defineFlags } from '../../../src/index.ts'
import {
  createCustomerIo,
  createFullStory,
  expectEvent,
  expectFlag,
  expectNoViolations,
  expectOneIdentity,
  settled,
} from '../../../src/testing/index.ts'
import { leavePage } from '../page.ts'

afterEach(leavePage)

const flags = defineFlags({ vip_tier: { type: 'enum', values: ['none', 'gold'] } })

const openPage = (options?: { delayStart: boolean }) => {
  const fullstory = createFullStory(options)
  const customerio = createCustomerIo(options)
  const bridge = createBridge({ flags, fullstory, customerio, timeout: 100 })
  return { bridge, fullstory, customerio }
}

const reasons = (fullstory: ReturnType<typeof createFullStory>) => {
  const seen: number[] = []
  fullstory('observe', {
    type: 'shutdown',
    callback: ({ reason }: { reason: number }) => seen.push(reason),
  })
  return seen
}

describe('FullStory', () => {
  test('is there at once, with a session, unless it is to start later', () => {
    expect(createFullStory()('getSession')).toMatch(/^https:\/\/app\.fullstory\.com\/ui\/o-TEST\/session\//)
    const late = createFullStory({ delayStart: true })
    expect([late.state, late.sessions, late('getSession')]).toEqual(['loading', [], null])
  })

  test('what was said before it is there waits for it, and nobody waits for it in vain', async () => {
    const page = openPage({ delayStart: true })
    const { bridge, fullstory, customerio } = page
    customerio.start()
    bridge.identify('ada')
    bridge.track('viewed')
    await settled(page)
    expectEvent(customerio, 'viewed', {}, 'ada')
    expect(fullstory.events).toEqual([])
    fullstory.start()
    await settled(page)
    expectEvent(fullstory, 'viewed', {}, 'ada')
    expectOneIdentity(page, 'ada')
  })

  test('blocked before it is there, and after it was', async () => {
    const blocked = openPage({ delayStart: true })
    blocked.customerio.start()
    blocked.fullstory.block()
    blocked.bridge.track('viewed')
    await settled(blocked)
    blocked.fullstory.start()
    expect([blocked.fullstory.state, blocked.bridge.status().vendors.fullstory.state]).toEqual([
      'blocked',
      'blocked',
    ])
    leavePage()

    const refused = openPage()
    await settled(refused)
    const seen = reasons(refused.fullstory)
    refused.fullstory.block()
    refused.bridge.track('viewed')
    await settled(refused)
    expect([seen, refused.bridge.status().vendors.fullstory.state]).toEqual([[5], 'disabled'])
    expect(refused.fullstory.events).toEqual([])
  })

  test.each([
    ['idle', 3],
    ['size', 6],
  ] as const)(
    'a session that ends by itself (%s), and the next one of the same person',
    async (how, reason) => {
      const page = openPage()
      const { bridge, fullstory } = page
      bridge.identify('ada', { flags: { vip_tier: 'gold' } })
      await settled(page)
      const seen = reasons(fullstory)
      fullstory.endSession(how)
      bridge.track('viewed')
      await settled(page)
      expect(fullstory.state).toBe(how === 'idle' ? 'shutdown' : 'running')
      fullstory.activity()
      await settled(page)
      expect(seen).toEqual([reason])
      expect(fullstory.sessions.map(({ uid, endReason }) => [uid, endReason])).toEqual([
        ['ada', reason],
        ['ada', null],
      ])
      expect(fullstory.sessions[1]?.events.map(({ name }) => name)).toEqual(['viewed'])
      expectOneIdentity(page, 'ada')
    },
  )

  test('shut down by the page, and restarted', async () => {
    const page = openPage()
    await settled(page)
    page.fullstory.shutdown()
    page.bridge.track('viewed')
    await settled(page)
    expect([page.fullstory.state, page.fullstory.events]).toEqual(['shutdown', []])
    page.fullstory.restart()
    await settled(page)
    expectEvent(page.fullstory, 'viewed')
  })

  test('an observer that throws stops nobody, and is the page’s own error', async () => {
    const errors: unknown[] = []
    const onError = (error: unknown) => errors.push(error)
    process.on('uncaughtException', onError)
    const fullstory = createFullStory()
    const seen: string[] = []
    fullstory('observe', {
      type: 'shutdown',
      callback: () => {
        throw new Error('of the page')
      },
    })
    fullstory('observe', { type: 'shutdown', callback: () => seen.push('second') })
    fullstory.shutdown()
    await new Promise(resolve => setTimeout(resolve))
    process.off('uncaughtException', onError)
    expect([seen, errors.map(String)]).toEqual([['second'], ['Error: of the page']])
  })
})

describe('Customer.io', () => {
  test('cannot be asked before it is there', () => {
    const customerio = createCustomerIo({ delayStart: true })
    expect(() => customerio.user()).toThrow('ready()')
    expect(() => customerio.inbox()).toThrow('ready()')
    expect(customerio.on('reset', () => {})).toBe(customerio)
  })

  test('what was said before it is there waits for it, in order', async () => {
    const page = openPage({ delayStart: true })
    page.fullstory.start()
    page.bridge.track('before')
    page.bridge.identify('ada')
    page.bridge.track('after')
    await settled(page)
    expect(page.customerio.people).toEqual([])
    page.customerio.start()
    await settled(page)
    expect(page.customerio.people[0]?.events.map(({ name, userId }) => [name, userId])).toEqual([
      ['before', null],
      ['after', 'ada'],
    ])
  })

  test('blocked: it is never there, or nothing arrives', async () => {
    const blocked = openPage({ delayStart: true })
    blocked.customerio.block()
    blocked.customerio.start()
    expect(blocked.customerio.state).toBe('blocked')
    leavePage()

    const page = openPage()
    await settled(page)
    page.customerio.block()
    page.bridge.identify('ada')
    await settled(page)
    expect([page.customerio.state, page.customerio.people]).toEqual(['blocked', []])
    expect(page.fullstory.uid).toBe('ada')
  })

  test('remembers the visitor in the browser’s storage, as a page after another does', async () => {
    const first = createCustomerIo()
    await first.identify('ada', { visits: 1 })
    const next = createCustomerIo()
    expect([next.user().id(), next.user().traits()]).toEqual(['ada', { visits: 1 }])
    expect(next.people).toEqual([])
  })

  test('remembers them in memory where storage is denied', async () => {
    const denied = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new Error('denied')
    })
    const customerio = createCustomerIo()
    await customerio.identify('ada', { visits: 1 })
    expect([customerio.user().id(), customerio.user().traits()]).toEqual(['ada', { visits: 1 }])
    expect(await customerio.inbox().total()).toBe(0)
    denied.mockRestore()
  })

  test('a message to somebody’s inbox sets flags', async () => {
    const page = openPage()
    const { bridge, fullstory, customerio } = page
    const stop = inboxFlags(bridge, { flags, customerio })
    bridge.identify('ada')
    await settled(page)
    customerio.pushInbox({ to: 'ada', topic: 'retention_flags', properties: { set: { vip_tier: 'gold' } } })
    customerio.pushInbox({ to: 'bob', topic: 'retention_flags', properties: { set: { vip_tier: 'none' } } })
    // It looks for the inbox at intervals.
    await expect.poll(() => customerio.inbox('retention_flags').totalUnopened(), { timeout: 15_000 }).toBe(0)
    await settled(page)
    expectFlag(fullstory, 'vip_tier', 'gold')
    expectNoViolations(fullstory, customerio)
    stop()
  })
})

test('found as the page’s globals', async () => {
  const globals = globalThis as { FS?: unknown; cioanalytics?: unknown }
  const fullstory = createFullStory()
  const customerio = createCustomerIo()
  Object.assign(globals, { FS: fullstory, cioanalytics: customerio })
  const bridge = createBridge({ flags })
  bridge.identify('ada')
  await settled({ bridge, fullstory, customerio })
  expectOneIdentity({ bridge, fullstory, customerio }, 'ada')
  delete globals.FS
  delete globals.cioanalytics
})

test('each double has limits of its own: tests of one file do not wait for each other', async () => {
  for (let page = 0; page < 12; page++) {
    const { bridge, fullstory, customerio } = openPage()
    bridge.identify('ada', { flags: { vip_tier: 'gold' } })
    await settled({ bridge, fullstory, customerio }, { timeout: 900 })
    expectFlag(fullstory, 'vip_tier', 'gold')
    leavePage()
  }
})
