/** The timers of something that exists in memory only: it can tell whether anything is still to come. */
export class Timers {
  private count = 0

  get areSet(): boolean {
    return this.count > 0
  }

  /** Runs something after some milliseconds, unless what it returns is called before. */
  readonly later = (milliseconds: number, run: () => void): (() => void) => {
    let isSet = true
    const end = () => {
      if (isSet) this.count -= 1
      isSet = false
    }
    this.count += 1
    const timer = setTimeout(() => {
      end()
      run()
    }, milliseconds)
    return () => {
      clearTimeout(timer)
      end()
    }
  }

  /** Resolves in a later task. */
  readonly turn = (): Promise<void> => new Promise(resolve => this.later(0, resolve))
}
