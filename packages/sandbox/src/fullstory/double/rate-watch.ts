import type { FullStoryRule } from '../view.ts'
import { SlidingWindow } from './sliding-window.ts'

type Report = (rule: FullStoryRule, detail: string) => void

/**
 * FullStory's documented limits, per document. The script neither enforces nor mentions them, so
 * nothing is held back here: what goes beyond is reported and still sent.
 */
export class RateWatch {
  private readonly userWindows: [FullStoryRule, SlidingWindow][] = [
    ['user_rate_minute', new SlidingWindow(30, 60_000)],
    ['user_rate_second', new SlidingWindow(10, 1_000)],
  ]
  private readonly eventWindows: [FullStoryRule, SlidingWindow][] = [
    ['event_rate_minute', new SlidingWindow(60, 60_000)],
    ['event_rate_second', new SlidingWindow(40, 1_000)],
  ]

  constructor(private readonly report: Report) {}

  countUserCall(): void {
    this.count(this.userWindows)
  }

  countEvent(): void {
    this.count(this.eventWindows)
  }

  private count(windows: [FullStoryRule, SlidingWindow][]): void {
    const now = performance.now()
    for (const [rule, window] of windows) {
      if (window.exceededBy(now)) this.report(rule, `more than ${window.limit} in ${window.spanMs} ms`)
    }
  }
}
