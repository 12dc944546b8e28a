import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LIMIT, microtasks, open, serials } from './trial.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a change of person that takes its time', () => {
  /** A vendor that answers each identify when it is told to. */
  const slow = () => {
    const trial = open()
    const answer: (() => void)[] = []
    trial.during = kind => (kind === 'identify' ? new Promise<void>(done => answer.push(done)) : undefined)
    trial.turn('ready')
    return { trial, answer }
  }

  test('holds up what is said of the person until it has arrived (ORDER)', async () => {
    const { trial, answer } = slow()
    trial.identify('A')
    trial.track()
    await microtasks()
    expect(serials(trial)).toEqual([1])
    answer[0]?.()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2])
  })

  test('holds up nothing when it fails', async () => {
    const trial = open()
    trial.during = kind => (kind === 'identify' ? Promise.reject(new Error('refused')) : undefined)
    trial.turn('ready')
    trial.identify('A')
    trial.track()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2])
    expect(trial.failures).toEqual([new Error('refused')])
  })

  test('that never answers is waited for no longer than the time limit', async () => {
    const { trial } = slow()
    trial.identify('A')
    trial.track()
    await vi.advanceTimersByTimeAsync(LIMIT - 1)
    expect(serials(trial)).toEqual([1])
    await vi.advanceTimersByTimeAsync(1)
    expect(serials(trial)).toEqual([1, 2])
  })

  test('does not hold up the next person, and an answer that comes late does not let go of theirs', async () => {
    const { trial, answer } = slow()
    trial.identify('A')
    await microtasks()
    trial.identify('B')
    trial.track()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2])
    answer[0]?.()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2])
    answer[1]?.()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2, 3])
  })

  test('is not waited for when the page is left', async () => {
    const { trial } = slow()
    trial.identify('A')
    trial.track()
    await microtasks()
    trial.queue.drain(true)
    expect(serials(trial)).toEqual([1, 2])
  })
})
