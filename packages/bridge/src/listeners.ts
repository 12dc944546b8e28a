/** A typed emitter whose listeners can neither stop each other nor throw into the page. */
export interface Listeners<Events> {
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void
  clear(): void
}

export const createListeners = <Events>(): Listeners<Events> => {
  const byName = new Map<keyof Events, Set<(event: never) => void>>()
  return {
    on: (name, listener) => {
      const listeners = byName.get(name) ?? new Set()
      byName.set(name, listeners)
      // A function of our own, so that one listener registered twice is removed once.
      const call = (event: never) => listener(event)
      if (typeof listener === 'function') listeners.add(call)
      return () => {
        listeners.delete(call)
      }
    },
    emit: (name, event) => {
      for (const call of byName.get(name) ?? [])
        try {
          call(event as never)
        } catch (error) {
          // The page's own bug: reported as the page's own, outside of our call.
          setTimeout(() => {
            throw error
          })
        }
    },
    clear: () => byName.clear(),
  }
}
