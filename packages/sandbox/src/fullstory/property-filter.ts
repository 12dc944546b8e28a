import { matchesType } from './property-rules.ts'
import type { FsProperty, PropertyType } from './view.ts'

/** A search by one user property, each part as it is typed into a search field. */
export interface PropertyFilter {
  property: string
  type: string
  operator: string
  value: string
}

type Scalar = string | number | boolean

/** What a text in a search field means, by type. */
const READ: Record<string, (text: string) => Scalar> = {
  str: text => text,
  int: Number,
  real: Number,
  bool: text => (text === 'true' ? true : text === 'false' ? false : text),
  date: text => text,
}

const ORDERS = {
  more: (held: Scalar, wanted: Scalar) => held > wanted,
  less: (held: Scalar, wanted: Scalar) => held < wanted,
}

/** The operators that a type has, beside `is`. */
const OPERATORS: Record<string, Record<string, (held: Scalar, wanted: Scalar) => boolean>> = {
  str: { contains: (held, wanted) => String(held).includes(String(wanted)) },
  int: { 'greater than': ORDERS.more, 'less than': ORDERS.less },
  real: { 'greater than': ORDERS.more, 'less than': ORDERS.less },
  bool: {},
  date: { after: ORDERS.more, before: ORDERS.less },
}

/** Dates are the same moment however they are written. */
const comparable = (value: unknown, type: string): Scalar =>
  type === 'date' ? Date.parse(String(value)) : (value as Scalar)

/**
 * Whether a property's value passes. A list does when one of its items does. `null`: there is no such filter, as the
 * type does not have the operator, or the value is not of the type.
 */
export function filterOf({ type, operator, value }: PropertyFilter): ((held: FsProperty) => boolean) | null {
  const itemType = type.replace(/s$/, '')
  const read = READ[itemType]
  const passes = operator === 'is' ? Object.is : OPERATORS[itemType]?.[operator]
  if (!read || !passes || !matchesType(read(value), itemType as PropertyType)) return null
  const wanted = comparable(read(value), itemType)
  return held => [held.value].flat().some(item => item !== null && passes(comparable(item, itemType), wanted))
}
