import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDelivery } from '../../../src/delivery/deliver.ts'
import { type Adapter, onDemand } from '../../../src/delivery/on-demand.ts'
import { search } from '../../../src/delivery/search.ts'
import type { Vendor } from '../../../src/delivery/vendor.ts'
import type { Page } from '../../../src/globals.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const vendor = { api: 'trial' } as Vendor
const page = window as unknown as Page
const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

/** Looks for an SDK that is on the page from `appears` milliseconds on. */
const open = ({ appears = 0, limit = 1000, ...adapter }: Partial<Adapter> & Times = {}) => {
  const start = performance.now()
  const turn = vi.fn()
  const changed = vi.fn()
  const attach = vi.fn<Adapter['attach']>(adapter.attach ?? ((_sdk, told) => told('ready', '', vendor)))
  const load = vi.fn(async () => ({ ...adapter, attach }))
  const find = vi.fn((sdk: unknown) => (performance.now() - start < appears ? undefined : { sdk, load }))
  const look = search('SDK', { find }, page)(turn, changed, limit)
  return { turn, changed, attach, load, find, look }
}
interface Times {
  appears?: number
  limit?: number
}

test('what is there is loaded and attached once, and not looked for again', async () => {
  const { turn, changed, attach, load, find } = open()
  await after(0)
  expect(attach.mock.calls).toEqual([['SDK', expect.any(Function), changed, window]])
  expect(turn.mock.calls).toEqual([['ready', '', vendor, createDelivery]])
  await after(60_000)
  expect([find, load, attach, turn].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 1])
  expect(vi.getTimerCount()).toBe(0)
})

test('what comes later is waited for, and nothing is loaded before', async () => {
  const { turn, load } = open({ appears: 700 })
  await after(699)
  expect(load).not.toHaveBeenCalled()
  expect(turn).not.toHaveBeenCalled()
  await after(100)
  expect(turn.mock.calls).toEqual([['ready', '', vendor, createDelivery]])
})

test.each([100, 1000, 10_000])('missing: what never comes is given up once, after %d ms', async limit => {
  const { turn, load } = open({ appears: Infinity, limit })
  await after(limit - 1)
  expect(turn).not.toHaveBeenCalled()
  await after(100)
  expect(turn.mock.calls).toEqual([['missing']])
  await after(60_000)
  expect(turn).toHaveBeenCalledTimes(1)
  expect(load).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

test.each([0, -1, Number.NaN])(
  'a limit of %d is over at once, before it is known what is there',
  async limit => {
    const { turn } = open({ limit })
    expect(turn.mock.calls).toEqual([['hung']])
    expect(vi.getTimerCount()).toBe(0)
    await after(0)
    expect(turn.mock.lastCall).toEqual(['ready', '', vendor, createDelivery])
  },
)

test('what was given up is found when it is looked for once more', async () => {
  const { turn, look } = open({ appears: 5000, limit: 100 })
  await after(5000)
  expect(turn.mock.calls).toEqual([['missing']])
  look()
  await after(0)
  expect(turn.mock.lastCall).toEqual(['ready', '', vendor, createDelivery])
  expect(vi.getTimerCount()).toBe(0)
})

describe('an SDK that does not answer', () => {
  test('is hung after the time limit, and ready when it answers after all', async () => {
    let answer = () => {}
    const { turn, attach } = open({
      attach: (_sdk, told) => {
        answer = () => told('ready', '', vendor)
      },
    })
    await after(999)
    expect(turn).not.toHaveBeenCalled()
    await after(100)
    expect(turn.mock.calls).toEqual([['hung']])
    answer()
    expect(turn.mock.lastCall).toEqual(['ready', '', vendor, createDelivery])
    expect(attach).toHaveBeenCalledTimes(1)
  })

  test('is what its adapter makes of it', async () => {
    const { turn } = open({ attach: () => {}, late: () => 'blocked' })
    await after(2000)
    expect(turn.mock.calls).toEqual([['blocked']])
  })

  test('is not hung once it has said anything', async () => {
    const { turn } = open({ attach: (_sdk, told) => told('paused', 'private') })
    await after(2000)
    expect(turn.mock.calls).toEqual([['paused', 'private', undefined, createDelivery]])
  })
})

test('blocked: a vendor whose file cannot be loaded', async () => {
  const turn = vi.fn()
  const load = vi.fn(() => Promise.reject(new Error('offline')))
  const look = onDemand('SDK', load)(turn, () => {}, 1000)
  await after(60_000)
  look()
  await after(60_000)
  expect(turn.mock.calls).toEqual([['blocked', 'Error: offline']])
  expect(load).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('blocked: an adapter whose file cannot be loaded', async () => {
  const turn = vi.fn()
  const load = vi.fn(() => Promise.reject(new Error('offline')))
  search('SDK', { find: sdk => ({ sdk, load }) }, page)(turn, () => {}, 1000)
  await after(60_000)
  expect(turn.mock.calls).toEqual([['blocked', 'Error: offline', undefined, createDelivery]])
  expect(load).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

describe('what is no SDK yet is tried again', () => {
  test.each<[what: string, fail: () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('not yet')
      },
    ],
    ['rejects', () => Promise.reject(new Error('not yet'))],
  ])('when attaching %s', async (_, fail) => {
    let isThere = false
    const { turn, attach } = open({
      attach: (_sdk, told) => (isThere ? told('ready', '', vendor) : fail()),
    })
    await after(500)
    expect(turn).not.toHaveBeenCalled()
    const tries = attach.mock.calls.length
    expect(tries).toBeGreaterThan(1)
    isThere = true
    await after(100)
    expect(turn.mock.calls).toEqual([['ready', '', vendor, createDelivery]])
    expect(attach).toHaveBeenCalledTimes(tries + 1)
  })

  test('and is hung when it never is: something is there', async () => {
    const { turn } = open({ attach: () => Promise.reject(new Error('never')) })
    await after(2000)
    expect(turn.mock.calls).toEqual([['hung']])
  })
})

test('a page that throws when it is looked at is looked at again', async () => {
  const turn = vi.fn()
  const start = performance.now()
  const find = (sdk: unknown) => {
    if (performance.now() - start < 300) throw new Error('hostile')
    return { sdk, load: (): Adapter => ({ attach: (_sdk, told) => told('ready', '', vendor) }) }
  }
  search('SDK', { find }, page)(turn, () => {}, 1000)
  await after(500)
  expect(turn.mock.calls).toEqual([['ready', '', vendor, createDelivery]])
})
