/** One JSON value of the shop in `localStorage`; unreadable text counts as nothing stored. */
export interface Stored<Value> {
  readonly key: string
  get(): Value
  set(value: Value): void
}

export function stored<Value>(name: string, initial: Value): Stored<Value> {
  const key = `shop.${name}`
  return {
    key,
    get() {
      try {
        const text = localStorage.getItem(key)
        return text === null ? initial : (JSON.parse(text) as Value)
      } catch {
        return initial
      }
    },
    set(value) {
      localStorage.setItem(key, JSON.stringify(value))
    },
  }
}
