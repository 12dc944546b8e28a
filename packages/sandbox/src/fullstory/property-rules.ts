import { byteLength } from '../byte-length.ts'
import { isRecord } from './record.ts'
import type { FullStoryRule, PropertyType } from './view.ts'

const MAX_NAME_LENGTH = 512
const MAX_VALUE_BYTES = 8_192
const MAX_PAYLOAD_BYTES = 512 * 1024
const MAX_EVENT_NAME_LENGTH = 250

// Stricter than the browser API alone: a name has to be safe for the server API as well.
const LEGAL_NAME = /^[A-Za-z][A-Za-z0-9_]*$/
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

export interface Rejection {
  rule: FullStoryRule
  detail: string
}

const SCALAR_CHECKS: Record<string, (value: unknown) => boolean> = {
  str: value => typeof value === 'string',
  int: value => Number.isInteger(value),
  real: value => typeof value === 'number' && Number.isFinite(value),
  bool: value => typeof value === 'boolean',
  date: value => typeof value === 'string' && ISO_8601.test(value) && !Number.isNaN(Date.parse(value)),
}

function bytesOf(value: unknown): number {
  return byteLength(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
}

export function isPropertyType(type: string): type is PropertyType {
  return (type.endsWith('s') ? type.slice(0, -1) : type) in SCALAR_CHECKS
}

/** `null` fits every type: it is a value FullStory keeps, and the only way to say "nothing". */
export function matchesType(value: unknown, type: PropertyType): boolean {
  if (value === null) return true
  const check = SCALAR_CHECKS[type]
  if (check) return check(value)
  const itemCheck = SCALAR_CHECKS[type.slice(0, -1)]
  return Array.isArray(value) && value.every(item => item === null || itemCheck?.(item))
}

export function rejectedName(name: string): Rejection | null {
  if (name.length > MAX_NAME_LENGTH) {
    return { rule: 'name_too_long', detail: `${name.slice(0, 40)}… has ${name.length} characters` }
  }
  return LEGAL_NAME.test(name) ? null : { rule: 'illegal_name', detail: JSON.stringify(name) }
}

export function rejectedEventName(name: unknown): Rejection | null {
  if (typeof name === 'string' && name.length >= 1 && name.length <= MAX_EVENT_NAME_LENGTH) return null
  const detail = typeof name === 'string' ? `${name.length} characters` : `a name of type ${typeof name}`
  return { rule: 'event_name_length', detail }
}

export function rejectedPayload(properties: unknown): Rejection | null {
  const bytes = bytesOf(properties)
  return bytes > MAX_PAYLOAD_BYTES ? { rule: 'payload_too_large', detail: `${bytes} bytes` } : null
}

/** `path` is the property's name, or the dotted path of a value inside an object. */
export function rejectedValue(path: string, value: unknown, type: string | undefined): Rejection | null {
  const bytes = bytesOf(value)
  if (bytes > MAX_VALUE_BYTES) return { rule: 'value_too_large', detail: `${path}: ${bytes} bytes` }
  const holdsObjects = isRecord(value) || (Array.isArray(value) && value.some(isRecord))
  if (holdsObjects) return { rule: 'type_mismatch', detail: `${path} is an object` }
  if (type === undefined) return null
  if (!isPropertyType(type)) return { rule: 'unknown_type', detail: `${path}: ${JSON.stringify(type)}` }
  if (matchesType(value, type)) return null
  return { rule: 'type_mismatch', detail: `${path} is not ${type}: ${JSON.stringify(value)}` }
}
