import { isRecord } from '../record.ts'

export type Observed = 'start' | 'shutdown' | 'internal/user'

type Callback = (value: unknown) => void

// The last three are accepted by the published types; nothing here makes them happen.
const TYPES = new Set<unknown>([
  'start',
  'shutdown',
  'internal/user',
  'internal/bundle',
  'internal/error',
  'internal/fs-init',
])

/** Registrations made with `FS('observe')`. There is no type `session`. */
export class Observers {
  private readonly registered = new Set<{ type: unknown; callback: Callback }>()

  /** `missed` answers what a late observer of that type should still hear, if anything. */
  register(options: unknown, missed: (type: unknown) => unknown): { disconnect: () => void; failed?: true } {
    if (!isRecord(options) || !TYPES.has(options.type) || typeof options.callback !== 'function') {
      return { disconnect: () => {}, failed: true }
    }
    const { type, callback } = options
    const registration = { type, callback: (value: unknown) => callback(value) }
    this.registered.add(registration)
    const value = missed(type)
    if (value !== undefined) {
      // Not during the registering call: the page does not have its `disconnect` yet.
      queueMicrotask(() => this.registered.has(registration) && call(registration.callback, value))
    }
    return { disconnect: () => void this.registered.delete(registration) }
  }

  emit(type: Observed, value: unknown): void {
    for (const registration of [...this.registered]) {
      if (registration.type === type) call(registration.callback, value)
    }
  }
}

/** An observer that throws must not stop the others or the script; the page sees its own error. */
function call(callback: Callback, value: unknown): void {
  try {
    callback(value)
  } catch (error) {
    // Not `reportError`, which is a browser's only.
    setTimeout(() => {
      throw error
    })
  }
}
