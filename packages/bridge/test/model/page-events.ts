type Listener = ((event: Event) => void) | { handleEvent(event: Event): void }

/**
 * A window's listeners. Node's own `EventTarget` ties each one to its `signal` by weak references, which cost minutes of
 * garbage collection after some thousand pages.
 */
export class PageEvents {
  private listeners: { type: string; listener: Listener; signal?: AbortSignal }[] = []

  constructor(private readonly onError: (error: unknown) => void) {}

  readonly addEventListener = (type: string, listener: Listener, options?: unknown): void => {
    const { signal } = Object(options) as { signal?: AbortSignal }
    this.listeners.push({ type, listener, signal })
  }

  readonly removeEventListener = (type: string, listener: Listener): void => {
    this.listeners = this.listeners.filter(known => known.type !== type || known.listener !== listener)
  }

  readonly dispatchEvent = (event: Event): boolean => {
    for (const { type, listener, signal } of [...this.listeners]) {
      if (type !== event.type || signal?.aborted) continue
      try {
        if (typeof listener === 'function') listener(event)
        else listener.handleEvent(event)
      } catch (error) {
        this.onError(error)
      }
    }
    return true
  }
}
