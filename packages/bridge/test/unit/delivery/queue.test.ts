import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { microtasks, open, serials } from './trial.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a vendor that is not ready', () => {
  test.each(['paused', 'missing', 'blocked', 'hung', 'disabled'] as const)(
    'gets everything in order after %s',
    async state => {
      const trial = open()
      trial.turn(state)
      trial.track()
      trial.identify('A')
      trial.track()
      trial.reset()
      trial.identify('B')
      trial.track()
      await microtasks()
      expect(trial.calls).toEqual([])
      expect(trial.queue).toMatchObject({ state, delivered: 0, dropped: 0 })
      // What changes the person is held by the identity.
      expect(trial.queue.held).toHaveLength(3)
      trial.turn('ready')
      expect(serials(trial)).toEqual([1, 2, 3, 4, 5, 6])
      expect(trial.queue).toMatchObject({ state: 'ready', held: [], delivered: 6, dropped: 0 })
      expect(trial.states).toEqual([state, 'ready'])
    },
  )

  test('is called no more once it paused', async () => {
    const trial = open()
    trial.turn('ready')
    trial.track()
    await microtasks()
    trial.turn('paused')
    trial.track()
    await microtasks()
    expect(serials(trial)).toEqual([1])
    trial.turn('ready')
    expect(serials(trial)).toEqual([1, 2])
  })

  test('may pause in the middle of a call', async () => {
    const trial = open()
    trial.during = kind => {
      if (kind === 'identify') trial.turn('paused')
    }
    trial.identify('A')
    trial.track()
    trial.turn('ready')
    expect(serials(trial)).toEqual([1])
    trial.turn('ready')
    expect(serials(trial)).toEqual([1, 2])
    expect(trial.queue).toMatchObject({ delivered: 2, dropped: 0 })
  })
})

describe('a ready vendor', () => {
  test('is called after the task, once for all flags set in it', async () => {
    const trial = open()
    trial.turn('ready')
    trial.flag('a')
    trial.flag('b')
    trial.flag('a')
    expect(trial.calls).toEqual([])
    await microtasks()
    expect(trial.calls).toMatchObject([{ kind: 'update', flags: { a: 3, b: 2 } }])
  })

  test('is called in the same task when the page is left', () => {
    const trial = open()
    trial.turn('ready')
    trial.track()
    trial.queue.drain()
    expect(serials(trial)).toEqual([1])
  })

  test('that throws costs that step only', async () => {
    const trial = open()
    trial.turn('ready')
    trial.track()
    trial.flag('a')
    trial.track()
    trial.throws = kind => kind === 'update'
    await microtasks()
    expect(trial.delivered).toMatchObject([{ serial: 1 }, { serial: 3 }])
    expect(trial.dropped).toMatchObject([{ reason: 'error', flags: { a: 2 } }])
    expect(trial.failures).toHaveLength(1)
    expect(trial.queue).toMatchObject({ delivered: 2, dropped: 1 })
  })

  test('that throws when the person changes gets nothing of that person (NO-LEAK)', async () => {
    const trial = open()
    trial.turn('ready')
    trial.identify('A')
    await microtasks()
    trial.throws = kind => kind === 'identify'
    trial.identify('B')
    trial.track()
    trial.flag('a')
    await microtasks()
    expect(trial.calls.map(({ kind, serial }) => [kind, serial])).toEqual([
      ['identify', 1],
      ['identify', 2],
    ])
    trial.throws = () => false
    trial.identify('B')
    trial.track()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2, 5, 6])
  })

  test('that threw when the person changed gets nothing of them after a consent given twice (NO-LEAK)', async () => {
    const trial = open()
    trial.turn('ready')
    trial.identify('A')
    await microtasks()
    trial.throws = kind => kind === 'identify'
    trial.identify('B')
    await microtasks()
    trial.queue.open()
    trial.track()
    await microtasks()
    expect(trial.calls.map(({ kind }) => kind)).toEqual(['identify', 'identify'])
  })

  test('goes on with what is said of others after somebody could not be told (NO-LEAK)', async () => {
    const trial = open()
    trial.turn('ready')
    trial.throws = kind => kind === 'reset'
    trial.identify('A')
    trial.track()
    trial.reset()
    trial.track()
    await microtasks()
    trial.throws = () => false
    trial.identify('B')
    trial.track()
    await microtasks()
    expect(serials(trial)).toEqual([1, 2, 3, 5, 6])
    expect(trial.dropped).toMatchObject([
      { step: { serial: 3 }, reason: 'error' },
      { step: { serial: 4 }, reason: 'person_changed' },
    ])
  })

  test('that another tab has told of somebody else gets nothing of whoever was here (NO-LEAK)', async () => {
    const trial = open()
    trial.turn('ready')
    trial.identify('A')
    await microtasks()
    trial.turn('paused')
    trial.track()
    trial.flag('a')
    trial.queue.at = trial.said.length + 1
    trial.turn('ready')
    expect(serials(trial)).toEqual([1])
    expect(trial.dropped.map(({ reason }) => reason)).toEqual(['person_changed', 'person_changed'])
  })

  test('that rejects is heard', async () => {
    const trial = open()
    trial.turn('ready')
    trial.during = () => Promise.reject(new Error('later'))
    trial.track()
    await microtasks()
    expect(trial.failures).toEqual([new Error('later')])
  })
})

describe('flags that wait', () => {
  test('are sent once, with the latest value', async () => {
    const trial = open()
    for (let index = 0; index < 1000; index++) trial.flag('a')
    trial.flag('b')
    expect(trial.queue.held).toHaveLength(1)
    trial.turn('ready')
    expect(trial.calls).toMatchObject([{ kind: 'update', flags: { a: 1000, b: 1001 } }])
  })

  test('are never joined with those of another person', async () => {
    const trial = open()
    trial.flag('a')
    trial.identify('A')
    trial.flag('a')
    trial.reset()
    trial.flag('a')
    trial.turn('ready')
    const seen = trial.calls.map(({ kind, flags }) => [kind, flags.a])
    expect(seen).toEqual([
      ['update', 1],
      ['identify', undefined],
      ['update', 3],
      ['reset', undefined],
      ['update', 5],
    ])
  })

  test('take their types along', () => {
    const trial = open()
    trial.flag('a')
    trial.flag('b')
    trial.turn('ready')
    expect(trial.delivered).toMatchObject([{ kind: 'update', types: { a: 'int', b: 'int' } }])
  })
})
