/** Counts what happened within the last `spanMs`, whenever that window is laid. */
export class SlidingWindow {
  private times: number[] = []

  constructor(
    readonly limit: number,
    readonly spanMs: number,
  ) {}

  /** True when this one is more than the limit allows. */
  exceededBy(now: number): boolean {
    this.times = this.times.filter(time => now - time < this.spanMs)
    this.times.push(now)
    return this.times.length > this.limit
  }
}
