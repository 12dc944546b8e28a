/** A typed emitter whose listeners can neither stop each other nor throw into the page. */
export interface Listeners<Events> {
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void
}

export const createListeners = <Events>(): Listeners<Events> => {
  const all = new Set<(name: keyof Events, event: never) => void>()
  return {
    on: (name, listener) => {
      const call = (emitted: keyof Events, event: never) => {
        if (typeof listener === 'function' && emitted === name) listener(event)
      }
      all.add(call)
      return () => {
        all.delete(call)
      }
    },
    emit: (name, event) => {
      for (const call of all)
        try {
          call(name, event as never)
        } catch (error) {
          // The page's own bug: reported as the page's own, outside of our call.
          setTimeout(() => {
            throw error
          })
        }
    },
  }
}
