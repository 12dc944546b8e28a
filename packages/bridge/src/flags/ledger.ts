import type { FlagStatus } from '../status.ts'
import type { FlagLookup } from './plan.ts'
import { type FlagValue, namesOf, readValue } from './value.ts'

/** What is known of the current visitor's flags, by name. */
export type Entries = Record<string, FlagStatus>

/** What has not been sent, as a vendor takes it; `undefined` when there is nothing. */
export const unsent = (entries: Entries, plan: FlagLookup) => {
  const properties: Record<string, FlagValue> = {}
  const types: Record<string, string> = {}
  for (const [name, { value, sent }] of Object.entries(entries)) {
    if (sent) continue
    properties[name] = value
    types[name] = plan(name)?.[1].type.replace('enum', 'str') as string
  }
  return Object.keys(types)[0] ? { kind: 'update' as const, properties, types } : undefined
}

/** Entries of an earlier page that still fit the plan: it may have changed, and anybody can write to storage. */
export const readEntries = (stored: unknown, plan: FlagLookup): Entries => {
  const entries: Entries = {}
  for (const name of namesOf(stored))
    try {
      const entry = (stored as Entries)[name] as FlagStatus
      const spec = plan(name)?.[1]
      if (spec && readValue(spec, entry.value) !== undefined) entries[name] = entry
    } catch {}
  return entries
}
