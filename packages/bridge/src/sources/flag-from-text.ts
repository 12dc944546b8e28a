import type { FlagSpec } from '../flags/plan.ts'
import type { FlagValue } from '../flags/value.ts'

/** The longest text that is taken from an address, in characters. No number of that length is infinite. */
const LONGEST = 250
// Whole: browsers make a date of nearly any text that only begins like one.
const DATE = /^\d{4}-\d\d-\d\d(T[\d:.Z+-]+)?$/

/**
 * The value that a text of an address means for a flag, always one that the bridge takes. It is in an address, where
 * anybody may have put it: nothing is guessed. Control characters are left out, and space around it.
 *
 * @returns nothing where it does not fit
 */
export const flagFromText = ({ type, values }: FlagSpec, given: string): FlagValue | null | undefined => {
  const text = given.replace(/\p{Cc}/gu, '').trim()
  const lower = text.toLowerCase()
  if (text.length > LONGEST) return
  if (type === 'str') return text || null
  // A parameter that is there without a value is a yes.
  if (type === 'bool') return /^(1|true|yes|)$/.test(lower) || (/^(0|false|no)$/.test(lower) ? false : null)
  if (type === 'enum')
    return values?.find(value => value === text) ?? values?.find(value => value.toLowerCase() === lower)
  // Not a number where there is no such day.
  if (type === 'date') return DATE.test(text) && Date.parse(text) < Infinity ? text : null
  return /^-?\d*\.?\d+$/.test(text) && (type === 'real' || Number.isSafeInteger(+text)) ? +text : null
}
