/** What a `storage` event says. */
export interface StorageChange {
  key: string
  oldValue: string | null
  newValue: string | null
}

/** A page that keeps a copy of the storage. */
export interface StorageUser {
  /** Hears of a change that another page made. */
  changed(change: StorageChange): void
  /** Runs a delivery after the time that a message between two tabs takes. */
  later(deliver: () => void): void
}

interface Copy {
  readonly entries: Map<string, string>
  /** Writes of this page that are still on their way, by key. */
  readonly pending: Map<string, number>
}

/**
 * `localStorage` of one browser. With `oneProcess`, all tabs see a write at once and are told of it later. Without,
 * each tab has a copy, as Chromium's tabs with a process of their own do: a write is seen elsewhere only when the
 * message with it arrives, the event in the same moment; what one's own write on its way will overwrite is ignored.
 * The order of writes, and so who wins, is the same for all.
 */
export class SharedStorage {
  private readonly entries = new Map<string, string>()
  private readonly copies = new Map<StorageUser, Copy>()

  constructor(private readonly oneProcess: boolean) {}

  open(user: StorageUser): Storage {
    const copy: Copy = {
      entries: this.oneProcess ? this.entries : new Map(this.entries),
      pending: new Map(),
    }
    this.copies.set(user, copy)
    const { entries } = copy
    return {
      get length() {
        return entries.size
      },
      key: index => [...entries.keys()][index] ?? null,
      getItem: key => entries.get(key) ?? null,
      setItem: (key, value) => this.write(user, key, String(value)),
      removeItem: key => this.write(user, key, null),
      clear: () => {
        for (const key of [...entries.keys()]) this.write(user, key, null)
      },
    }
  }

  close(user: StorageUser): void {
    this.copies.delete(user)
  }

  read(key: string): string | null {
    return this.entries.get(key) ?? null
  }

  /** Takes away the entries that the test picks. For a time when no page is open. */
  clear(picked: (key: string) => boolean): void {
    for (const key of this.entries.keys()) if (picked(key)) this.entries.delete(key)
  }

  private write(writer: StorageUser, key: string, newValue: string | null): void {
    const own = this.copies.get(writer)
    // A page that is gone writes to nobody.
    if (!own) return
    const oldValue = own.entries.get(key) ?? null
    if (oldValue === newValue) return
    apply(own.entries, key, newValue)
    apply(this.entries, key, newValue)
    own.pending.set(key, (own.pending.get(key) ?? 0) + 1)
    for (const [user, copy] of this.copies)
      user.later(() => {
        const pending = copy.pending.get(key) ?? 0
        if (user === writer) copy.pending.set(key, pending - 1)
        else if (this.oneProcess) user.changed({ key, oldValue, newValue })
        else if (!pending) {
          apply(copy.entries, key, newValue)
          user.changed({ key, oldValue, newValue })
        }
      })
  }
}

const apply = (entries: Map<string, string>, key: string, value: string | null): void => {
  if (value === null) entries.delete(key)
  else entries.set(key, value)
}
