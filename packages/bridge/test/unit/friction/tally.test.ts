import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTally } from '../../../src/friction/tally.ts'

const waits = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 300 })

test('it counts what came in the time before, each long enough after the one before it', () => {
  fc.assert(
    fc.property(
      waits,
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 1, max: 30_000 }),
      (all, apart, within) => {
        const { count } = createTally()
        const key = {}
        let at = 0
        let series: number[] = []
        for (const wait of all) {
          at += wait
          series = series.filter(time => at - time < within)
          const last = series[series.length - 1]
          if (last !== undefined && at - last < apart) series.pop()
          series.push(at)
          expect(count(key, at, apart, within)).toBe(Math.min(series.length, 99))
        }
      },
    ),
  )
})

test('each thing by itself, and anew when it is forgotten', () => {
  const { count, forget } = createTally()
  const [one, other] = [{}, {}]
  expect([count(one, 1, 0), count(one, 2, 0), count(other, 3, 0)]).toEqual([1, 2, 1])
  forget(one)
  expect([count(one, 4, 0), count(other, 5, 0)]).toEqual([1, 2])
})
