const COALESCE_MS = 25

/** Tells listeners that something changed: once for a burst, soon after its beginning. */
export class ChangeFeed {
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined

  readonly notify = (): void => {
    if (this.listeners.size === 0) return
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      for (const listener of this.listeners) listener()
    }, COALESCE_MS)
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
