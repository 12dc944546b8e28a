import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ConsentSource, createBridge } from '../../src/index.ts'
import { leavePage } from './page.ts'
import { vendors } from './ready-vendors.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  leavePage()
  vi.useRealTimers()
})

const start = (consent: ConsentSource) => {
  const { received, customerio, fullstory } = vendors()
  const bridge = createBridge({ flags: { vip: { type: 'bool' } }, customerio, fullstory, consent })
  return { bridge, received, settled: () => vi.advanceTimersByTimeAsync(100) }
}

test('a source decides, now and whenever it changes (CONSENT)', async () => {
  let decide: Parameters<ConsentSource>[0] = () => {}
  const { bridge, received, settled } = start(set => {
    decide = set
  })
  bridge.track('one')
  await settled()
  expect(bridge.status().consent).toBe('pending')
  expect(received.customerio).toEqual([])
  decide('granted')
  await settled()
  expect(received.customerio).toEqual(['one'])
  decide('denied')
  bridge.track('two')
  await settled()
  expect(received.customerio).toEqual(['one'])
})

test('a source that answers at once holds nothing up', async () => {
  const { bridge, received, settled } = start(set => set('granted'))
  bridge.track('one')
  await settled()
  expect(received).toMatchObject({ customerio: ['one'], fullstory: ['one'] })
})

test('it hears that the bridge is destroyed, and is not listened to any more', () => {
  let decide: Parameters<ConsentSource>[0] = () => {}
  const ended = vi.fn()
  const { bridge } = start((set, signal) => {
    decide = set
    signal.addEventListener('abort', ended)
  })
  bridge.destroy()
  expect(ended).toHaveBeenCalledTimes(1)
  decide('granted')
  expect(bridge.status().consent).toBe('denied')
})

test('a source that throws is no consent, and breaks nothing (HARMLESS)', async () => {
  const { bridge, received, settled } = start(() => {
    throw new Error('no banner here')
  })
  bridge.track('one')
  await settled()
  expect(bridge.status().consent).toBe('pending')
  expect(received.customerio).toEqual([])
})

test('a yes that is taken back without a no stops the calls, too', async () => {
  let decide: Parameters<ConsentSource>[0] = () => {}
  const { bridge, received, settled } = start(set => {
    decide = set
  })
  decide('granted')
  bridge.track('one')
  await settled()
  bridge.track('held')
  decide('pending')
  await settled()
  bridge.track('two')
  await settled()
  expect(received.customerio).toEqual(['one'])
  decide('granted')
  await settled()
  expect(received.customerio).toEqual(['one', 'two'])
})
