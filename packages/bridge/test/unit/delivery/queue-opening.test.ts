import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createQueue, type QueueListener } from '../../../src/delivery/queue.ts'
import type { Step } from '../../../src/delivery/vendor.ts'
import { microtasks, open, serials, Trial } from './trial.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A listener for whom nobody came. */
const nobody: QueueListener = {
  next: () => undefined,
  told: () => {},
  turned: () => {},
  changed: () => {},
  draining: () => {},
  drained: () => {},
  threw: () => {},
  loaded: () => {},
  now: () => performance.now(),
}
const event: Step = { kind: 'track', n: 0, name: 'e', properties: {}, types: {} }

describe('opening and closing', () => {
  test('looks for the vendor only once opened', () => {
    const connect = vi.fn(() => () => {})
    const queue = createQueue(connect, 1000, nobody)
    expect(queue.state).toBe('off')
    queue.push(event)
    queue.drain()
    expect(connect).not.toHaveBeenCalled()
    queue.open()
    queue.open()
    expect(connect).toHaveBeenCalledTimes(1)
    expect(queue.state).toBe('waiting')
  })

  test('what was said before is delivered when it opens', () => {
    const trial = new Trial()
    trial.identify('A')
    trial.track()
    trial.queue.open()
    trial.turn('ready')
    expect(serials(trial)).toEqual([1, 2])
  })

  test('closing forgets what waits, and takes no more (CONSENT)', async () => {
    const trial = open()
    trial.track()
    trial.identify('A')
    trial.queue.close()
    expect(trial.queue).toMatchObject({ state: 'off', held: [], dropped: 1 })
    expect(trial.dropped.map(({ reason }) => reason)).toEqual(['consent'])
    trial.track()
    trial.turn('ready')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(trial.calls).toEqual([])
    expect(trial.queue.state).toBe('off')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('closing stops a ready vendor in the same task', async () => {
    const trial = open()
    trial.turn('ready')
    trial.track()
    trial.queue.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(trial.calls).toEqual([])
  })

  test('opened again, it replays nothing', async () => {
    const trial = open()
    trial.turn('ready')
    trial.track()
    trial.queue.close()
    trial.queue.open()
    trial.track()
    await microtasks()
    // The SDK that was there before may be gone: nothing is called before it is found again.
    expect(trial.calls).toEqual([])
    trial.turn('ready')
    expect(serials(trial)).toEqual([2])
  })

  test('without a vendor it keeps nothing', () => {
    const queue = createQueue(false, 1000, nobody)
    queue.open()
    for (let index = 0; index < 10; index++) queue.push(event)
    expect(queue).toMatchObject({ state: 'off', held: [], dropped: 0 })
  })
})
