import { checkFlag } from '../development.ts'
import type { Report } from '../report.ts'
import { namesOf, READ } from './value.ts'

/**
 * The types a flag can have; they are FullStory's property types, `strs` being a list of `str`, and `enum` a `str` with
 * declared values.
 */
export type FlagType = 'bool' | 'int' | 'real' | 'str' | 'strs' | 'enum' | 'date'

/** How long something lasts: `'30m'`, `'4h'`, `'7d'` (also `s`), or milliseconds. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`

/** What one flag means. `Value` is the text that `values` lists. */
export interface FlagSpec<Value extends string = string> {
  /** The type FullStory stores it with; fixed for good once the first value was sent. */
  readonly type: FlagType
  /** `enum` only: every value it can have. */
  readonly values?: readonly Value[]
  /**
   * How long a value stays true after it was last set. Then FullStory is given `off`: on an open page at that time, else
   * first thing on this person's next page in this browser.
   */
  readonly ttl?: Duration
  /** The value that means "no longer". FullStory cannot delete a property. `false` for `bool`; needed with a `ttl`. */
  readonly off?: boolean | number | string | readonly string[]
  /** Other spellings in use; translated to this name, and never sent. */
  readonly aliases?: readonly string[]
  /**
   * `'allow'`: its name or its values may look like personal data. Without it, names such as `phone` are refused, and so
   * are values with an e-mail address, a payment card's number, an IBAN or a long token in them.
   */
  readonly sensitive?: 'allow'
  /** For readers of the plan; never sent. */
  readonly description?: string
  /** Who to ask about it; never sent. */
  readonly owner?: string
  /** Which event or segment sets it; never sent. */
  readonly moment?: string
}

/** The flags a store mirrors, by name. */
export type FlagPlan<Value extends string = string> = { readonly [name: string]: FlagSpec<Value> }

type ValueOfType<Spec extends FlagSpec> = Spec['type'] extends 'bool'
  ? boolean
  : Spec['type'] extends 'int' | 'real'
    ? number
    : Spec['type'] extends 'date'
      ? Date | string
      : Spec['type'] extends 'strs'
        ? readonly string[]
        : Spec extends { readonly values: readonly (infer Value)[] }
          ? Value
          : string

/** The values `setFlags` takes for a plan: names and types are checked by the compiler. */
export type FlagValues<Plan extends FlagPlan> = { readonly [Name in keyof Plan]?: ValueOfType<Plan[Name]> }

/**
 * Declares the flags. Returns the plan unchanged, with its exact type; {@link createBridge} checks it and reports
 * what is wrong field by field.
 *
 * @example defineFlags({ vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'], aliases: ['VIP'] } })
 */
// `Value` has the compiler keep the texts of `values` apart, as `const Plan` would, which TypeScript 4.9 has not.
export const defineFlags = <Plan extends FlagPlan<Value>, Value extends string = string>(plan: Plan): Plan =>
  plan

/** The checked plan: the flag for a name or an alias, as its own name and spec; `undefined` when not declared. */
export type FlagLookup = (name: string) => readonly [name: string, spec: FlagSpec] | undefined

// Excluded are FullStory's own (`uid` in user properties would be an identify call), and the bridge's.
const NAME = /^(?!(uid|cio_id|email)$)[a-z][a-z\d_]{0,63}$/

/** Checks a plan. What is wrong is reported and left out; the rest of the plan works. */
export const readPlan = (plan: unknown, limit: number, report: Report): FlagLookup => {
  const { warn } = report
  const bySpelling = new Map<string, readonly [string, FlagSpec]>()
  let count = 0
  for (const name of namesOf(plan))
    try {
      const spec = (plan as FlagPlan)[name] as FlagSpec
      const { type, aliases = [] } = spec
      const spellings = [name].concat(aliases).map(spelling => String(spelling).toLowerCase())
      const wrong = !NAME.test(name)
        ? 'name'
        : !READ[type]
          ? 'type'
          : spellings.some(spelling => bySpelling.has(spelling))
            ? 'aliases'
            : ++count > limit && 'limit'
      if (wrong) {
        // One warning for all that are too many.
        warn(`flag-${wrong}`, wrong === 'limit' ? 'flags' : `flags.${name}`, wrong === 'type' ? type : name)
        continue
      }
      if (process.env.NODE_ENV !== 'production') checkFlag(name, spec, report)
      for (const spelling of spellings) bySpelling.set(spelling, [name, spec])
    } catch (error) {
      warn('flag-type', `flags.${name}`, error)
    }
  return name => bySpelling.get(name.toLowerCase())
}
