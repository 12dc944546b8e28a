import type { Step } from '../delivery/vendor.ts'
import type { Visitor } from '../identity/visitor.ts'
import type { Report } from '../report.ts'
import type { FlagStatus } from '../status.ts'
import type { FlagLookup, FlagSpec } from './plan.ts'
import type { Upkeep } from './upkeep.ts'
import { type FlagValue, namesOf, readValue } from './value.ts'

/** What is known of the current visitor's flags, by name. */
export type Entries = Record<string, FlagStatus>

/** The flags of the current visitor. */
export interface Ledger {
  entries: Entries
  /** There as soon as flags can leave. */
  upkeep?: Upkeep
  specOf(name: string): FlagSpec
  /** Forgets the flags of a person who leaves, except when they run out. */
  leave(person: Visitor): void
  /** Takes over the values that are right, and true since `at`; returns those that are new. */
  set(values: unknown, source?: string, at?: number): Record<string, FlagValue>
  /** What has not been sent, as a vendor takes it; `taken`: everything, as what takes it back. */
  unsent(taken?: boolean): Pick<Step, 'properties' | 'types'>
  /** A vendor was given these values, or will never be. */
  settle(values: Record<string, unknown>, dropped?: unknown): void
  /** Goes on with what another page or tab has stored, and with what was set here and not sent. */
  restore(stored: unknown): void
}

export const createLedger = (plan: FlagLookup, { warn }: Report): Ledger => {
  const ledger: Ledger = {
    entries: {},
    specOf: name => plan(name)?.[1] as FlagSpec,
    leave: person => {
      const owed = person.owed ?? {}
      for (const name in ledger.entries) owed[name] = ledger.entries[name]?.expires
      person.owed = owed
      ledger.entries = {}
    },
    set: (values, source = 'page', at) => {
      const changed: Record<string, FlagValue> = {}
      for (const given of namesOf(values)) {
        const [name = given, spec] = plan(given) ?? []
        let value: unknown
        let read: FlagValue | undefined
        try {
          value = (values as Record<string, unknown>)[given]
          if (spec) read = readValue(spec, value)
        } catch {
          // A getter or a conversion that throws: no value of this flag.
        }
        const before = ledger.entries[name]
        if (!spec || read === undefined || ledger.upkeep?.refuses(name, spec, read))
          warn(spec ? 'flag-value' : 'flag-unknown', name, value, true)
        // Without a time it is true from now on, also where the clock was set back.
        else if (!((before?.at as number) > (at as number))) {
          const same = JSON.stringify(before?.value) === JSON.stringify(read)
          // Clocks differ: nothing is true since the future, where it could not be changed.
          const since = Math.min(at ?? Infinity, Date.now())
          ledger.entries[name] = {
            value: same ? (before as FlagStatus).value : read,
            source,
            at: since,
            expires: ledger.upkeep?.expiryOf(spec, read, since),
            sent: same && (before as FlagStatus).sent,
          }
          if (!same) changed[name] = read
        }
      }
      return changed
    },
    unsent: taken => {
      const properties: Record<string, FlagValue | null> = {}
      const types: Record<string, string> = {}
      for (const [name, { value, sent }] of Object.entries(ledger.entries)) {
        if (sent && !taken) continue
        properties[name] = taken ? null : value
        types[name] = ledger.specOf(name).type.replace('enum', 'str')
      }
      return { properties, types }
    },
    settle: (values, dropped) => {
      for (const name of Object.keys(values)) {
        const flag = ledger.entries[name]
        if (!flag || flag.value !== values[name]) continue
        // Dropped, it is known to nobody: the next setFlags sends it again.
        if (dropped) delete ledger.entries[name]
        else ledger.entries[name] = { ...flag, sent: true }
      }
    },
    restore: stored => {
      const mine = ledger.entries
      ledger.entries = {}
      for (const name of namesOf(stored)) {
        const { value, source, at, expires, sent } = ((stored as Partial<Entries>)[name] ?? {}) as FlagStatus
        // The plan may have changed, and anybody can write to storage.
        if (name in ledger.set({ [name]: value }, source, at))
          Object.assign(ledger.entries[name] as FlagStatus, { expires, sent })
      }
      for (const [name, flag] of Object.entries(mine))
        if (!flag.sent && !ledger.entries[name]) ledger.entries[name] = flag
    },
  }
  return ledger
}
