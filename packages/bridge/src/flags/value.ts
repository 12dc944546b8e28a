import type { Flag } from './plan.ts'

/** A flag's value as it is kept and sent: dates are ISO-8601 in UTC. */
export type FlagValue = boolean | number | string

// FullStory drops a longer value without a word: "value ≤ 8,192 bytes" in its property limits.
const MAX_BYTES = 8192
const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/

/** The value in its declared type, or `undefined` when it is not of that type. Nothing is converted by guessing. */
export const readValue = ({ spec }: Pick<Flag, 'spec'>, value: unknown): FlagValue | undefined => {
  switch (spec.type) {
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'int':
      return Number.isSafeInteger(value) ? (value as number) : undefined
    case 'real':
      return Number.isFinite(value) ? (value as number) : undefined
    case 'date': {
      const date = value instanceof Date ? value : new Date(ISO_DATE.test(value as string) ? (value as string) : NaN)
      return Number.isNaN(+date) ? undefined : date.toISOString()
    }
    case 'enum':
      return spec.values?.includes(value as string) ? (value as string) : undefined
    default:
      return typeof value === 'string' && new TextEncoder().encode(value).length <= MAX_BYTES ? value : undefined
  }
}
