import { afterEach, vi } from 'vitest'
import type { ConsentSource, Consents } from '../../../src/index.ts'

const opened: AbortController[] = []
afterEach(() => {
  for (const lifetime of opened.splice(0)) lifetime.abort()
})

/** Starts a source as a bridge does. `said` is what it has answered so far. */
export const openSource = (source: ConsentSource) => {
  const said: Consents[] = []
  const lifetime = new AbortController()
  opened.push(lifetime)
  source(consent => said.push(consent), lifetime.signal)
  return { said, stop: () => lifetime.abort() }
}

/** Gives the page's object a property of a test’s own, which is gone after it. */
export const define = (target: object, name: string, descriptor: PropertyDescriptor): void => {
  Object.defineProperty(target, name, { configurable: true, ...descriptor })
  restore.push(() => Reflect.deleteProperty(target, name))
}
const restore: (() => void)[] = []
afterEach(() => {
  for (const undo of restore.splice(0)) undo()
  vi.useRealTimers()
})

export const fail = (): never => {
  throw new Error('hostile')
}

/** The page comes back. */
export const comeBack = (type: 'visibilitychange' | 'pageshow' = 'visibilitychange'): void => {
  window.dispatchEvent(new Event(type))
}
