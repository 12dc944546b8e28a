import { expect } from 'vitest'

/** `npm run fuzz`: all cases, and none may take long. With other tests there are fewer, and nothing about time. */
const isWhole = process.env.FUZZ === 'whole'

/** `FUZZ_SEED` plays others, `FUZZ_CASES` more of them. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20_260_105)
const CASES = Number(process.env.FUZZ_CASES ?? (isWhole ? 2100 : 200))

export const cases = (share: number): number => CASES * share

interface Count {
  cases: number
  /** Milliseconds of the processor that the longest one took. */
  slowest: number
}
const counts = new Map<string, Count>()

/** Milliseconds of the processor that one call may take. */
const LIMIT = isWhole ? 50 : Number.POSITIVE_INFINITY

/** Nothing is thrown, nothing is rejected, nothing takes long. */
export const run = async (name: string, act: () => unknown): Promise<void> => {
  const count = counts.get(name) ?? { cases: 0, slowest: 0 }
  counts.set(name, count)
  count.cases++
  const before = process.cpuUsage()
  act()
  const { user } = process.cpuUsage(before)
  count.slowest = Math.max(count.slowest, user / 1000)
  expect(user / 1000, `${name} hangs`).toBeLessThanOrEqual(LIMIT)
  // What is rejected nobody catches, which fails the run.
  await Promise.resolve()
}

export const report = (what: string): void => {
  const all = [...counts].map(([name, count]) => ({ name, ...count }))
  const total = all.reduce((sum, count) => sum + count.cases, 0)
  console.table(
    all.map(({ slowest, ...count }) => ({ ...count, 'slowest, ms': Math.round(slowest * 10) / 10 })),
  )
  console.log(`${what}: ${total} cases, seed ${SEED}`)
}
