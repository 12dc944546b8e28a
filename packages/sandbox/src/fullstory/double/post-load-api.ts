import type { Call } from './call.ts'
import { toCall } from './call.ts'

type Execute = (call: Call) => unknown

/** Methods that exist only once the script is there: before, calling one throws in the page. */
export function postLoadMethods(execute: Execute): Record<string, (...args: unknown[]) => unknown> {
  const read = (format: string) => execute(toCall(['getSession', { format }])) ?? null
  return {
    getCurrentSession: () => read('id'),
    getCurrentSessionURL: now => read(now === true ? 'url.now' : 'url'),
    getFullstoryId: () => 0,
    enableConsole: () => undefined,
    disableConsole: () => undefined,
  }
}
