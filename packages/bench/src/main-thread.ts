import type { CDPSession, Page } from 'playwright-core'

/** What a page's main thread has done, by the browser's own count of processor time: other work of the machine is not in it. */
export const watchMainThread = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const taskTime = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metric(metrics, 'TaskDuration') * 1000
  }
  return {
    session,
    /** Milliseconds that the main thread works for what `run` starts, until that has ended. */
    during: async (run: () => Promise<unknown>): Promise<number> => {
      const before = await taskTime()
      await run()
      return (await taskTime()) - before
    },
  }
}

/** Bytes that the page's scripts hold, after a collection of garbage. */
export const heapOf = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

const metric = (metrics: { name: string; value: number }[], wanted: string) =>
  metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN

export const median = (values: number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
