import type { FlagLookup } from './plan.ts'
import { type FlagValue, readValue } from './value.ts'

/** What is known of one flag of the current visitor. */
export interface Entry {
  value: FlagValue
  /** When it was last set, epoch milliseconds. */
  at: number
  /** Whether FullStory was given this value. */
  sent?: boolean
}

export type Entries = Record<string, Entry>

/** What has not been sent, as a vendor takes it; `undefined` when there is nothing. */
export const unsent = (entries: Entries, plan: FlagLookup) => {
  const properties: Record<string, FlagValue> = {}
  const types: Record<string, string> = {}
  for (const [name, { value, sent }] of Object.entries(entries)) {
    const type = plan(name)?.[1].type
    if (sent || !type) continue
    properties[name] = value
    types[name] = type.replace('enum', 'str')
  }
  return Object.keys(types)[0] ? { properties, types } : undefined
}

/** Entries of an earlier page that still fit the plan: it may have changed, and anybody can write to storage. */
export const readEntries = (stored: unknown, plan: FlagLookup): Entries => {
  const entries: Entries = {}
  for (const [name, entry] of Object.entries((stored ?? {}) as Entries)) {
    const spec = plan(name)?.[1]
    if (spec && readValue(spec, entry?.value) !== undefined) entries[name] = entry
  }
  return entries
}
