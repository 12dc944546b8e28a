import type { FlagSpec } from './plan.ts'

/** A flag's value as it is kept and sent: dates are ISO-8601 in UTC. */
export type FlagValue = boolean | number | string | readonly string[]

// FullStory drops a value of more than 8,192 bytes without a word; a character has at most three.
const TOO_LONG = 2731

/** Whether both vendors keep a text of this length. */
export const fits = (text: string): boolean => text.length < TOO_LONG

/** Whether it is a text that both vendors keep. */
export const isText = (value: unknown): boolean => typeof value === 'string' && fits(value)

/** Own names of an object, at most a thousand; none of anything else, or of an object that refuses to be read. */
export const namesOf = (value: unknown): string[] => {
  try {
    return typeof value === 'object' ? Object.keys(value ?? {}).slice(0, 1e3) : []
  } catch {
    return []
  }
}

/** Whether a value is of a type, by type. */
export const READ: Record<string, (value: never, spec: FlagSpec) => unknown> = {
  // No type is called `constructor`.
  __proto__: null as never,
  bool: (value: unknown) => typeof value === 'boolean',
  int: Number.isSafeInteger,
  real: Number.isFinite,
  str: isText,
  // FullStory has no word for an empty list.
  strs: (value: unknown[]) => value[0] !== undefined && value.every(isText) && fits(JSON.stringify(value)),
  enum: (value: string, spec) => spec.values?.includes(value),
  // Years of four digits only; what is neither text nor a date throws.
  date: (value: Date | string) =>
    /^\d{4}-\d\d-\d\d/.test(typeof value === 'string' ? value : value.toISOString()),
}

/** The value in its declared type, else `undefined` or an error. Nothing is converted by guessing. */
export const readValue = (spec: FlagSpec, value: unknown): FlagValue | undefined =>
  READ[spec.type]?.(value as never, spec)
    ? spec.type === 'date'
      ? new Date(value as string).toISOString()
      : (value as FlagValue)
    : undefined
