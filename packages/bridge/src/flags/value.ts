import type { FlagSpec } from './plan.ts'

/** A flag's value as it is kept and sent: dates are ISO-8601 in UTC. */
export type FlagValue = boolean | number | string

// FullStory drops a value of more than 8,192 bytes without a word; a character has at most three.
const MAX_LENGTH = 2730

/** Whether both vendors keep a text of this length. */
export const fits = (text: string): boolean => text.length <= MAX_LENGTH

/** Whether a value is of a type, by type. */
export const READ: Record<string, (value: never, spec: FlagSpec) => unknown> = {
  bool: (value: unknown) => typeof value === 'boolean',
  int: Number.isSafeInteger,
  real: Number.isFinite,
  str: (value: unknown) => typeof value === 'string' && fits(value),
  enum: (value: string, { values }) => values?.includes(value),
  date: (value: Date | string) =>
    (value instanceof Date || /^\d{4}-\d\d-\d\d/.test(value)) && +new Date(value),
}

/** The value in its declared type, or `undefined` when it is not of that type. Nothing is converted by guessing. */
export const readValue = (spec: FlagSpec, value: unknown): FlagValue | undefined =>
  READ[spec.type]?.(value as never, spec)
    ? spec.type === 'date'
      ? new Date(value as string).toISOString()
      : (value as FlagValue)
    : undefined
