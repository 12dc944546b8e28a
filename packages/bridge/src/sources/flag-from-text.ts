import type { FlagSpec } from '../flags/plan.ts'
import { type FlagValue, readValue } from '../flags/value.ts'

/** The longest text that is taken from an address, in characters. */
const LONGEST = 250

const number = (text: string) => (/^-?\d*\.?\d+$/.test(text) ? +text : undefined)

/** What a text means, by type. It is in an address, where anybody may have put it: nothing else is tried. */
const FROM_TEXT: Record<string, (text: string, lower: string, spec: FlagSpec) => unknown> = {
  // No type is called `constructor`.
  __proto__: null as never,
  // A parameter that is there without a value is a yes.
  bool: (_, lower) => /^(1|true|yes|)$/.test(lower) || (/^(0|false|no)$/.test(lower) ? false : undefined),
  int: number,
  real: number,
  str: text => text || undefined,
  enum: (text, lower, { values = [] }) =>
    values.find(value => value === text) ?? values.find(value => value.toLowerCase() === lower),
  // Whole: browsers make a date of nearly any text that only begins like one.
  date: text => (/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(text) ? new Date(text) : undefined),
}

/**
 * The value that a text of an address means for a flag, as the bridge takes it. Control characters are left out, and
 * space around it.
 *
 * @returns `undefined` where it does not fit; may throw, too
 */
export const flagFromText = (spec: FlagSpec, given: string): FlagValue | undefined => {
  const text = given.replace(/\p{Cc}/gu, '').trim()
  if (text.length > LONGEST) return
  const value = FROM_TEXT[spec.type]?.(text, text.toLowerCase(), spec)
  return value === undefined ? undefined : readValue(spec, value)
}
