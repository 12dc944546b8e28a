import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { search } from '../../../src/delivery/search.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A look that finds what it looks for after so many milliseconds; keeps when it was called, and how. */
const lookFor = (appearsAfter: number) => {
  const start = performance.now()
  const calls: { at: number; expired: boolean | undefined }[] = []
  const look = (expired?: boolean) => {
    const at = performance.now() - start
    calls.push({ at, expired })
    return at >= appearsAfter
  }
  return { look, calls }
}

test('what is there is found in the same task, and not looked for again', () => {
  const { look, calls } = lookFor(0)
  search(look, 10_000)
  expect(calls).toEqual([{ at: 0, expired: false }])
  vi.advanceTimersByTime(60_000)
  expect(calls).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('what comes later is found soon after', () => {
  const { look, calls } = lookFor(3210)
  search(look, 10_000)
  vi.advanceTimersByTime(60_000)
  expect(calls.at(-1)?.at).toBeGreaterThanOrEqual(3210)
  expect(calls.at(-1)?.at).toBeLessThan(3210 + 100)
  expect(calls.some(({ expired }) => expired)).toBe(false)
})

test.each([100, 1000, 10_000])('what never comes is given up once, after %d ms', limit => {
  const { look, calls } = lookFor(Infinity)
  search(look, limit)
  vi.advanceTimersByTime(limit - 1)
  expect(calls.some(({ expired }) => expired)).toBe(false)
  vi.advanceTimersByTime(60_000)
  const expired = calls.filter(call => call.expired)
  expect(expired).toHaveLength(1)
  expect(calls.at(-1)).toBe(expired[0])
  expect(expired[0]?.at).toBeLessThanOrEqual(limit + 100)
  expect(vi.getTimerCount()).toBe(0)
})

test.each([0, -1, Number.NaN])('a limit of %d is over at once', limit => {
  const { look, calls } = lookFor(Infinity)
  search(look, limit)
  expect(calls).toEqual([{ at: 0, expired: true }])
  expect(vi.getTimerCount()).toBe(0)
})
