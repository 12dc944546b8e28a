import type { EventEmitter } from 'node:events'

type Predicate = (it: never) => unknown

/** As Playwright's `waitForEvent`. */
export const waitForEvent = (
  emitter: EventEmitter,
  name: string,
  wanted?: Predicate | { predicate?: Predicate; timeout?: number },
): Promise<never> => {
  const { predicate = () => true, timeout = 30_000 } =
    typeof wanted === 'function' ? { predicate: wanted } : (wanted ?? {})
  return new Promise((resolve, reject) => {
    const listener = async (...given: unknown[]) => {
      const it = given[0] as never
      if (!(await predicate(it))) return
      end()
      resolve(it)
    }
    const timer = setTimeout(() => {
      end()
      reject(new Error(`Timeout ${timeout}ms exceeded: waiting for event ${name}`))
    }, timeout)
    const end = () => {
      clearTimeout(timer)
      emitter.off(name, listener)
    }
    emitter.on(name, listener)
  })
}
