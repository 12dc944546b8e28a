import type { Step } from '../delivery/vendor.ts'
import type { Owed } from '../identity/visitor.ts'
import type { Report } from '../report.ts'
import type { Entries, Ledger } from './ledger.ts'
import type { FlagSpec } from './plan.ts'
import { isSensitive, PERSONAL } from './sensitive.ts'
import type { FlagValue, readValue } from './value.ts'

/** What flags and events need as soon as they can leave: part of a file that is loaded with consent. */
export interface Upkeep {
  /** Whether a field of an event, its value given as JSON, looks like personal data and is not allowed to. */
  isPersonal(name: string, json: string): boolean
  /** Whether a flag may not have this value, since it or the flag's name looks like personal data. */
  refuses(name: string, spec: FlagSpec, value: unknown): boolean
  /** When a value that is true since `at` is so no longer, epoch milliseconds; `undefined` when it stays true. */
  expiryOf(spec: FlagSpec, value: unknown, at: number): number | undefined
  /** Turns off what has run out, and comes back in time for what will. Answers what is new by that. */
  expire(): Record<string, FlagValue>
}

/** What it looks after. */
interface Kept {
  ledger: Ledger
  /** What runs out of what was set when the person was here before. */
  owed(): Owed | undefined
  /** What was accepted before this was there. */
  held: readonly Step[]
  /** Fields of events that may look like personal data. */
  allowed: readonly string[]
  warn: Report['warn']
  /** The core's, which this file would otherwise share with it in a file of its own. */
  readValue: typeof readValue
  /** Calls `expire` before anything is delivered. */
  again(): void
}

export type CreateUpkeep = (kept: Kept) => Upkeep

/** Milliseconds until it is looked again, at most: the clock of a timer stands still while a laptop sleeps. */
const PAUSE = 6e4

const UNITS: Record<string, number> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5 }

/** The value that means "no longer". */
const offOf = ({ type, off }: FlagSpec): FlagValue | undefined => off ?? (type === 'bool' ? false : undefined)

export const createUpkeep: CreateUpkeep = ({ ledger, owed, held, allowed, warn, readValue, again }) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const upkeep: Upkeep = {
    isPersonal: (name, json) => !allowed.includes(name) && isSensitive(json),
    refuses: (name, spec, value) => {
      try {
        return spec.sensitive !== 'allow' && (PERSONAL.test(name) || isSensitive(JSON.stringify(value)))
      } catch {
        // A declaration that cannot be read allows nothing.
        return true
      }
    },
    expiryOf: (spec, value, at) => {
      try {
        const { ttl } = spec
        const off = readValue(spec, offOf(spec))
        if (off === undefined || JSON.stringify(value) === JSON.stringify(off)) return
        // `NaN` is no duration, and no end.
        return at + Number.parseFloat(ttl as string) * (UNITS[String(ttl).slice(-1)] ?? 1) || undefined
      } catch {
        // No off value, or no duration: it stays.
      }
    },
    expire: () => {
      clearTimeout(timer)
      const changed = {}
      let pause = Infinity
      const look = (name: string, expires = Infinity) => {
        const left = expires - Date.now()
        if (left > 0) pause = Math.min(pause, left)
        else Object.assign(changed, ledger.set({ [name]: offOf(ledger.specOf(name)) }, 'ttl', expires))
      }
      const { entries } = ledger
      for (const name in entries) look(name, entries[name]?.expires)
      const past = owed() ?? {}
      // Set anew since then, or not in the plan any more?
      for (const name in past)
        if (entries[name] || !ledger.specOf(name)) delete past[name]
        else look(name, past[name])
      if (pause < Infinity) timer = setTimeout(again, Math.min(pause, PAUSE))
      return changed
    },
  }
  for (const [name, entry] of Object.entries(ledger.entries) as [string, Entries[string]][]) {
    const { value, at } = entry
    const spec = ledger.specOf(name)
    entry.expires = upkeep.expiryOf(spec, value, at)
    if (!upkeep.refuses(name, spec, value)) continue
    delete ledger.entries[name]
    warn('flag-value', name, value, true)
  }
  for (const { kind, name, properties } of held)
    for (const [field, value] of Object.entries(properties)) {
      const spec = ledger.specOf(field)
      if (kind !== 'update') {
        if (!upkeep.isPersonal(field, JSON.stringify(value))) continue
        warn('field', `${kind}.${name}`, [field])
      } else if (!spec || !upkeep.refuses(field, spec, value)) continue
      delete properties[field]
    }
  return upkeep
}
