import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { eachConsent } from '../../src/consent/index.ts'
import { type BridgeConfig, type Consent, createBridge, type FlagPlan } from '../../src/index.ts'
import { leavePage } from './page.ts'
import { vendors } from './ready-vendors.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

const start = (consent: BridgeConfig<FlagPlan>['consent'], { live = true } = {}) => {
  const { received, customerio, fullstory } = vendors()
  const operations: string[] = []
  let shutdown = (_: { reason: number }) => {}
  const listening = (operation: string, options?: { type?: string; callback?: typeof shutdown }) => {
    operations.push(operation)
    if (operation === 'observe' && options?.type === 'shutdown') shutdown = options.callback ?? shutdown
    if (operation === 'observe' && options?.type === 'start' && !live) return
    return fullstory(operation, options)
  }
  const bridge = createBridge({
    flags: { vip: { type: 'bool' } },
    customerio,
    fullstory: listening as never,
    consent,
  })
  return {
    bridge,
    received,
    operations,
    pageShutsDown: () => shutdown({ reason: 1 }),
    switches: () => shutdown({ reason: 4 }),
    settled: () => vi.advanceTimersByTimeAsync(100),
  }
}

describe('each tool by itself (CONSENT)', () => {
  test.each(['pending', 'denied'] as const)('one is granted, the other %s: it is not called', async other => {
    const { bridge, received, operations, settled } = start({ customerio: 'granted', fullstory: other })
    bridge.identify('A')
    bridge.setFlags({ vip: true })
    bridge.track('seen')
    await settled()
    expect(received).toMatchObject({ customerio: ['seen'], fullstory: [], flags: {} })
    expect(operations).toEqual([])
    expect(bridge.status()).toMatchObject({
      consent: other,
      identity: { id: 'A' },
      vendors: { customerio: { consent: 'granted' }, fullstory: { consent: other, state: 'off' } },
    })
  })

  test('what was said while it was pending reaches it with the yes', async () => {
    const { bridge, received, settled } = start({ customerio: 'granted' })
    bridge.identify('A')
    bridge.setFlags({ vip: true })
    bridge.track('seen')
    await settled()
    bridge.setConsent({ fullstory: 'granted' })
    await settled()
    expect(received).toMatchObject({ customerio: ['seen'], fullstory: ['seen'], flags: { vip: true } })
    expect(bridge.status().consent).toBe('granted')
  })

  test.each(['granted', 'denied'] as const)(
    'what waits for the answer of one goes on waiting when the other is %s',
    async other => {
      const { bridge, received, settled } = start('pending')
      bridge.identify('A')
      bridge.track('seen')
      bridge.setConsent({ fullstory: other })
      await settled()
      expect(bridge.status().vendors.customerio).toMatchObject({ dropped: 0, consent: 'pending' })
      bridge.setConsent({ customerio: 'granted' })
      await settled()
      expect(received.customerio).toEqual(['seen'])
      expect(received.fullstory).toEqual(other === 'granted' ? ['seen'] : [])
      expect(bridge.status().vendors.customerio.id).toBe('A')
    },
  )

  test('what was said while it was denied never does: who it is, is said anew', async () => {
    const { bridge, received, operations, settled } = start({ customerio: 'granted', fullstory: 'denied' })
    bridge.identify('A')
    bridge.setFlags({ vip: true })
    bridge.track('seen')
    await settled()
    bridge.setConsent({ fullstory: 'granted' })
    await settled()
    expect(received).toMatchObject({ customerio: ['seen'], fullstory: [], flags: {} })
    expect(operations).toContain('setIdentity')
    bridge.setFlags({ vip: true })
    bridge.track('more')
    await settled()
    expect(received).toMatchObject({ fullstory: ['more'], flags: { vip: true } })
  })

  test('a no to one stops that one in the same task, and the other goes on', async () => {
    const { bridge, received, settled } = start('granted')
    bridge.track('one')
    await settled()
    bridge.setConsent({ customerio: 'denied' })
    bridge.track('two')
    await settled()
    expect(received).toMatchObject({ customerio: ['one'], fullstory: ['one', 'two'] })
  })

  test('all refused, one by one, is refused', async () => {
    const { bridge } = start('granted')
    bridge.setConsent({ customerio: 'denied' })
    bridge.setConsent({ fullstory: 'denied' })
    expect(await bridge.identify('A')).toMatchObject({ outcome: 'refused', reason: 'consent' })
  })

  test('what is no answer changes nothing', async () => {
    const { bridge } = start('granted')
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    for (const answer of [{}, { customerio: 'yes' }, { fullstory: null }, null, 'customerio'])
      bridge.setConsent(answer as never)
    expect(bridge.status().consent).toBe('granted')
  })

  test('by sources of their own', async () => {
    const said: Partial<Record<string, (consent: Consent) => void>> = {}
    const { bridge, received, settled } = start(
      eachConsent({
        customerio: set => {
          said.customerio = set
        },
        fullstory: () => {
          throw new Error('a broken banner')
        },
      }),
    )
    said.customerio?.('granted')
    bridge.track('seen')
    await settled()
    expect(received).toMatchObject({ customerio: ['seen'], fullstory: [] })
    expect(bridge.status().vendors).toMatchObject({
      customerio: { consent: 'granted' },
      fullstory: { consent: 'pending' },
    })
  })
})

describe('FullStory’s capture', () => {
  const ends = (operations: readonly string[]) => operations.filter(name => /shutdown|restart/.test(name))

  test.each<[string, Parameters<ReturnType<typeof start>['bridge']['setConsent']>[0]]>([
    ['to both', 'denied'],
    ['to FullStory', { fullstory: 'denied' }],
    ['no answer any more', 'pending'],
  ])('is shut down by a no: %s, and started again by a yes', async (_, no) => {
    const { bridge, operations, settled } = start('granted')
    await settled()
    bridge.setConsent(no)
    expect(ends(operations)).toEqual(['shutdown'])
    bridge.setConsent({ fullstory: 'granted' })
    await settled()
    expect(ends(operations)).toEqual(['shutdown', 'restart'])
  })

  test('is shut down in the middle of a change of session, too', async () => {
    const { bridge, operations, switches, settled } = start('granted')
    await settled()
    switches()
    bridge.setConsent('denied')
    expect(ends(operations)).toEqual(['shutdown'])
    // On the page of the next test it runs again.
    bridge.setConsent('granted')
    await settled()
  })

  test('is not started again when the page has ended it', async () => {
    const { bridge, operations, pageShutsDown, settled } = start('granted')
    await settled()
    pageShutsDown()
    bridge.setConsent('denied')
    bridge.setConsent('granted')
    await settled()
    expect(ends(operations)).toEqual([])
  })

  test('is left alone when it never ran, when an agent acts and when the bridge is destroyed', async () => {
    const manual = start('granted', { live: false })
    await manual.settled()
    manual.bridge.setConsent('denied')
    expect(ends(manual.operations)).toEqual([])
    leavePage()
    const { bridge, operations, settled } = start('granted')
    await settled()
    bridge.impersonate(true)
    bridge.impersonate(false)
    bridge.destroy()
    expect(ends(operations)).toEqual([])
  })

  test('is left alone by a no to Customer.io', async () => {
    const { bridge, operations, settled } = start('granted')
    await settled()
    bridge.setConsent({ customerio: 'denied' })
    expect(ends(operations)).toEqual([])
  })
})
