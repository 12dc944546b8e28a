import type { UnknownRecord } from '../../record.ts'
import type { SdkUser } from './analytics.ts'

type Stored = string | null | UnknownRecord

/** The part of `localStorage` in use. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEYS = { id: 'ajs_user_id', anonymousId: 'ajs_anonymous_id', traits: 'ajs_user_traits' } as const

/**
 * `User` of `@customerio/cdp-analytics-browser` 0.5 (`src/core/user/index.ts`), without its cookies: kept in the page's
 * `localStorage`, if there is one, and in memory. The first of them that has a value is believed, and what is asked for
 * is written to both.
 */
export class User implements SdkUser {
  private readonly memory = new Map<string, Stored>()

  /** @param storage answers each time anew: a page may be given another one, or deny it by throwing */
  constructor(
    private readonly storage: () => TextStorage | undefined,
    private readonly randomId: () => string,
  ) {}

  id(id?: string | null): string | null {
    const before = this.readAndSync(KEYS.id)
    if (id !== undefined) {
      this.write(KEYS.id, id)
      const isAnother = id !== before && before !== null && id !== null
      if (isAnother) this.anonymousId(null)
    }
    return this.readAndSync(KEYS.id)
  }

  anonymousId(id?: string | null): string | null {
    if (id === undefined) {
      const known = this.readAndSync(KEYS.anonymousId)
      if (known) return known
    }
    this.write(KEYS.anonymousId, id === undefined ? this.randomId() : id)
    return this.readAndSync(KEYS.anonymousId)
  }

  traits(traits?: UnknownRecord | null): UnknownRecord {
    if (traits !== undefined) this.write(KEYS.traits, traits ?? {})
    return (this.read(KEYS.traits) as UnknownRecord | null) ?? {}
  }

  identify(id: string | null | undefined, traits: UnknownRecord = {}): void {
    const current = this.id()
    const isSame = current === null || current === id
    if (id) this.id(id)
    this.traits(isSame ? { ...this.traits(), ...traits } : traits)
  }

  reset(): void {
    this.anonymousId(null)
    this.id(null)
    this.traits({})
    for (const key of Object.values(KEYS)) {
      this.memory.delete(key)
      this.stored(storage => storage.removeItem(key))
    }
  }

  private readAndSync(key: string): string | null {
    const value = this.read(key)
    const text = typeof value === 'number' ? String(value) : (value as string | null)
    this.write(key, text)
    return text
  }

  private read(key: string): Stored {
    const text = this.stored(storage => storage.getItem(key)) ?? null
    return (text === null ? null : parsed(text)) || this.memory.get(key) || null
  }

  private write(key: string, value: Stored): void {
    this.memory.set(key, value)
    this.stored(storage => storage.setItem(key, JSON.stringify(value)))
  }

  /** Storage may be denied, or full: the SDK goes on with what it has in memory. */
  private stored<Result>(use: (storage: TextStorage) => Result): Result | undefined {
    try {
      const storage = this.storage()
      return storage && use(storage)
    } catch {
      return undefined
    }
  }
}

function parsed(text: string): Stored {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
