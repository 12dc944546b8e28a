import { isRecord, type UnknownRecord } from '../record.ts'
import type { PropertyBag } from '../wire.ts'

const SUFFIX = /^(.+)_(strs?|ints?|reals?|bools?|dates?)$/
const NAMES_WITHOUT_SUFFIX = new Set(['uid', 'displayName', 'email', 'pageName'])

/** Reads properties the way the script does: types decided, undefined gone, nothing checked. */
export function propertyBag(properties: unknown, schema: unknown, apiVersion: 1 | 2): PropertyBag {
  const bag: PropertyBag = { properties: {}, types: {}, missingSuffix: [] }
  if (!isRecord(properties) || !isSerializable(properties)) return bag
  const naming = apiVersion === 1 ? suffixNaming(bag) : schemaNaming(schema)
  bag.properties = cleanRecord(properties, '', false, bag, naming)
  return bag
}

type Naming = (key: string, path: string) => { name: string; type: string | undefined }

function suffixNaming(bag: PropertyBag): Naming {
  return (key, path) => {
    const [, name, type] = key.match(SUFFIX) ?? []
    if (name) return { name, type }
    if (!NAMES_WITHOUT_SUFFIX.has(key)) bag.missingSuffix.push(path + key)
    return { name: key, type: undefined }
  }
}

/** `{ properties: { name: type } }`. A flat `{ name: type }` says nothing, and nobody is told. */
function schemaNaming(schema: unknown): Naming {
  const declared = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {}
  return (key, path) => {
    const type = Object.hasOwn(declared, path + key) ? declared[path + key] : undefined
    return { name: key, type: type === undefined ? undefined : String(type) }
  }
}

function cleanRecord(
  source: UnknownRecord,
  path: string,
  inList: boolean,
  bag: PropertyBag,
  naming: Naming,
): UnknownRecord {
  const clean: UnknownRecord = {}
  for (const [key, value] of Object.entries(source)) {
    if (isBranch(value)) {
      clean[key] = cleanRecord(value, `${path}${key}.`, inList, bag, naming)
    } else if (Array.isArray(value) && value.some(isBranch)) {
      clean[key] = value.map(item =>
        isBranch(item) ? cleanRecord(item, `${path}${key}.`, true, bag, naming) : (cleanValue(item) ?? null),
      )
    } else {
      const plain = cleanValue(value)
      if (plain === undefined) continue
      const { name, type } = naming(key, path)
      clean[name] = plain
      const decided = type ?? inferredType(value)
      if (decided !== undefined)
        bag.types[path + name] = inList && !decided.endsWith('s') ? `${decided}s` : decided
    }
  }
  return clean
}

/** An object that is looked into: types belong to what is in it, not to the object. */
function isBranch(value: unknown): value is UnknownRecord {
  return isRecord(value) && !(value instanceof Date)
}

/** A single value as JSON would have it: dates as text, NaN as null, functions gone. */
function cleanValue(value: unknown): unknown {
  const json = JSON.stringify(value)
  return json === undefined ? undefined : JSON.parse(json)
}

function inferredType(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const types = new Set(value.map(inferredType).filter(type => type !== undefined))
    const [type] = types
    return type === undefined ? undefined : `${type}s`
  }
  if (value instanceof Date) return 'date'
  if (typeof value === 'number') return 'real'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'string' ? 'str' : undefined
}

function isSerializable(value: unknown): boolean {
  try {
    return typeof JSON.stringify(value) === 'string'
  } catch {
    return false
  }
}
