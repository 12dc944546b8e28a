import { display, type Report } from '../report.ts'
import { type FlagValue, readValue } from './value.ts'

/** The types a flag can have; they are FullStory's property types, `enum` being a `str` with declared values. */
export type FlagType = 'bool' | 'int' | 'real' | 'str' | 'enum' | 'date'

/** How long something lasts: `'30m'`, `'4h'`, `'7d'` (also `s`), or milliseconds. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`

/** What one flag means. */
export interface FlagSpec {
  /** The type FullStory stores it with; fixed for good once the first value was sent. */
  readonly type: FlagType
  /** `enum` only: every value it can have. */
  readonly values?: readonly string[]
  /** How long a value stays true after it was last set; then `off` is sent. */
  readonly ttl?: Duration
  /** The value that means "no longer". FullStory cannot delete a property. `false` for `bool`; needed with a `ttl`. */
  readonly off?: boolean | number | string
  /** Other spellings in use; translated to this name, and never sent. */
  readonly aliases?: readonly string[]
  /** For readers of the plan; never sent. */
  readonly description?: string
  /** Who to ask about it; never sent. */
  readonly owner?: string
  /** Which event or segment sets it; never sent. */
  readonly moment?: string
}

/** The flags a store mirrors, by name. */
export type FlagPlan = { readonly [name: string]: FlagSpec }

type ValueOfType<Spec extends FlagSpec> = Spec['type'] extends 'bool'
  ? boolean
  : Spec['type'] extends 'int' | 'real'
    ? number
    : Spec['type'] extends 'date'
      ? Date | string
      : Spec extends { readonly values: readonly (infer Value)[] }
        ? Value
        : string

/** The values `setFlags` takes for a plan: names and types are checked by the compiler. */
export type FlagValues<Plan extends FlagPlan> = { [Name in keyof Plan]?: ValueOfType<Plan[Name]> }

/**
 * Declares the flags. Returns the plan unchanged, with its exact type; {@link createBridge} checks it and reports
 * what is wrong field by field.
 *
 * @example defineFlags({ vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'], aliases: ['VIP'] } })
 */
export const defineFlags = <const Plan extends FlagPlan>(plan: Plan): Plan => plan

/** A flag as the bridge uses it, checked. */
export interface Flag {
  name: string
  /** FullStory's type: `enum` is sent as `str`. */
  wireType: string
  spec: FlagSpec
  ttl?: number
  off?: FlagValue
}

/** The checked plan. */
export interface Flags {
  /** The flag for a name or an alias; `undefined` when it is not declared. */
  find(name: string): Flag | undefined
  /** Type of a declared flag on the wire, by its name. */
  typeOf(name: string): string | undefined
}

const TYPES = ['bool', 'int', 'real', 'str', 'enum', 'date']
// FullStory's own property names; `uid` in user properties would be an identify call.
const RESERVED = /^(uid|email|page_?name|display_?name|cio_id)$/i
const NAME = /^[a-z][a-z0-9_]{0,63}$/
const UNIT: Record<string, number> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5 }

/** Milliseconds of a {@link Duration}; `undefined` when it is not one. */
export const milliseconds = (duration: unknown): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(String(duration))
  const value = match ? Number(match[1]) * (UNIT[match[2] as string] as number) : duration
  return typeof value === 'number' && value > 0 && value < Infinity ? value : undefined
}

/** Checks a plan. What is wrong is reported and left out; the rest of the plan works. */
export const readPlan = (plan: unknown, limit: number, report: Report): Flags => {
  const flags: Flag[] = []
  const spellings = new Map<string, Flag>()
  const refuse = (field: string, message: string) => report.warn('config', `flags${field}`, message)

  const check = (name: string, spec: FlagSpec): Flag | undefined => {
    const at = `.${name}`
    if (!NAME.test(name) || RESERVED.test(name))
      return refuse(at, 'not a flag name. Use snake_case, not a FullStory name such as uid: cart_flow_variant'), undefined
    if (flags.length >= limit)
      return refuse(at, `refused: more than ${limit} flags. Mirror only what campaigns decide on, or set maxFlags`), undefined
    if (!spec || !TYPES.includes(spec.type))
      return refuse(`${at}.type`, `got ${display(spec?.type)}, want ${TYPES.join(' | ')}: { type: 'bool' }`), undefined
    const { values, aliases = [], ttl } = spec
    if (spec.type === 'enum' && !(Array.isArray(values) && values.length && values.every(v => v && typeof v === 'string')))
      return refuse(`${at}.values`, `got ${display(values)}, want a list of strings: ['none', 'gold']`), undefined
    const flag: Flag = { name, spec, wireType: spec.type === 'enum' ? 'str' : spec.type, off: spec.type === 'bool' ? false : undefined }
    if (spec.off !== undefined && (flag.off = readValue(flag, spec.off)) === undefined)
      return refuse(`${at}.off`, `got ${display(spec.off)}, which is no ${spec.type} of this flag`), undefined
    if (ttl !== undefined) {
      flag.ttl = milliseconds(ttl)
      if (!flag.ttl) return refuse(`${at}.ttl`, `got ${display(ttl)}, want '30m', '4h', '7d' or milliseconds`), undefined
      if (flag.off === undefined) return refuse(`${at}.off`, `missing: a ${spec.type} with a ttl needs its off value: off: 'none'`), undefined
    }
    for (const spelling of [name, ...aliases]) {
      const key = String(spelling).toLowerCase()
      const other = spellings.get(key)
      if (other && other !== flag) refuse(`${at}.aliases`, `${display(spelling)} already means ${other.name}`)
      else spellings.set(key, flag)
    }
    flags.push(flag)
    return flag
  }

  if (plan && typeof plan === 'object') for (const name of Object.keys(plan)) check(name, (plan as FlagPlan)[name] as FlagSpec)
  else refuse('', `got ${display(plan)}, want a plan: defineFlags({ vip: { type: 'bool' } })`)
  return {
    find: name => spellings.get(name.toLowerCase()),
    typeOf: name => flags.find(flag => flag.name === name)?.wireType,
  }
}
