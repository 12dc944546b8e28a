import { type OrgSchema, RESERVED_USER_PROPERTIES } from './org-schema.ts'
import { type Rejection, rejectedName, rejectedPayload, rejectedValue } from './property-rules.ts'
import { isRecord } from './record.ts'
import type { PropertyBag } from './wire.ts'

export interface AcceptedProperties {
  properties: Record<string, unknown>
  types: Record<string, string>
  /** The whole call was refused, not one property of it. */
  tooLarge: boolean
}

/** What the server keeps of a bag: each property that breaks a hard rule is reported and left out. */
export function acceptedProperties(
  scope: string,
  bag: PropertyBag,
  schema: OrgSchema,
  report: (rejection: Rejection) => void,
): AcceptedProperties {
  const accepted: AcceptedProperties = { properties: {}, types: {}, tooLarge: false }
  const oversized = rejectedPayload(bag.properties)
  if (oversized) {
    report(oversized)
    return { ...accepted, tooLarge: true }
  }
  for (const [name, value] of Object.entries(bag.properties)) {
    const rejection = rejectedProperty(scope, name, value, bag, schema)
    if (rejection) {
      report(rejection)
      continue
    }
    accepted.properties[name] = value
    for (const [path] of leaves(name, value)) {
      const type = bag.types[path]
      if (type !== undefined) accepted.types[path] = type
    }
  }
  return accepted
}

function rejectedProperty(
  scope: string,
  name: string,
  value: unknown,
  bag: PropertyBag,
  schema: OrgSchema,
): Rejection | null {
  // Only events may carry objects: a user or a page has flat properties.
  const parts: [string, unknown][] = scope.startsWith('event ') ? leaves(name, value) : [[name, value]]
  for (const [path, leaf] of parts) {
    if (bag.missingSuffix.includes(path)) {
      return { rule: 'missing_suffix', detail: `${path} was sent through the V1 API without a type suffix` }
    }
    for (const segment of path.split('.')) {
      const badName = rejectedName(segment)
      if (badName) return badName
    }
    const badValue = rejectedValue(path, leaf, bag.types[path])
    if (badValue) return badValue
  }
  const reserved = scope === 'user' && (RESERVED_USER_PROPERTIES as readonly string[]).includes(name)
  if (reserved) return bag.types[name] === 'str' || value === null ? null : notText(name)
  for (const [path] of parts) {
    const unfit = schema.register(scope, path, bag.types[path])
    if (unfit) return unfit
  }
  return null
}

function notText(name: string): Rejection {
  return { rule: 'type_mismatch', detail: `${name} has to be text` }
}

/** Values with their dotted path; a list of objects gives one list for each key, as FullStory indexes it. */
function leaves(path: string, value: unknown): [string, unknown][] {
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([key, item]) => leaves(`${path}.${key}`, item))
  }
  if (Array.isArray(value) && value.some(isRecord)) {
    const columns = new Map<string, unknown[]>()
    for (const [itemPath, leaf] of value.flatMap(item => leaves(path, item))) {
      columns.set(itemPath, [...(columns.get(itemPath) ?? []), leaf].flat())
    }
    return [...columns]
  }
  return [[path, value]]
}
