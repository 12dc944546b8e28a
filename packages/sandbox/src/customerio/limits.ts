import { byteLength } from '../byte-length.ts'
import type { UnknownRecord } from '../record.ts'
import type { CustomerIoRule } from './view.ts'

const MAX_ATTRIBUTES = 300
const MAX_ATTRIBUTE_NAME_BYTES = 150
const MAX_ATTRIBUTE_VALUE_BYTES = 1_000
const MAX_EVENT_NAME_BYTES = 100
const MAX_EVENT_DATA_BYTES = 100_000

export interface Rejection {
  rule: CustomerIoRule
  detail: string
}

export function rejectedAttributes(attributes: UnknownRecord): Rejection | null {
  const count = Object.keys(attributes).length
  return count > MAX_ATTRIBUTES ? { rule: 'too_many_attributes', detail: `${count} in one call` } : null
}

export function rejectedAttribute(name: string, value: unknown): Rejection | null {
  const nameBytes = byteLength(name)
  if (nameBytes > MAX_ATTRIBUTE_NAME_BYTES) {
    return { rule: 'attribute_name_too_long', detail: `${name.slice(0, 40)}… has ${nameBytes} bytes` }
  }
  const valueBytes = byteLength(typeof value === 'string' ? value : JSON.stringify(value))
  if (valueBytes > MAX_ATTRIBUTE_VALUE_BYTES) {
    return { rule: 'attribute_value_too_large', detail: `${name} has ${valueBytes} bytes` }
  }
  return null
}

export function rejectedEvent(name: string | null, properties: UnknownRecord): Rejection | null {
  if (name === null || name.trim() === '')
    return { rule: 'event_name_missing', detail: 'an event has no name' }
  const nameBytes = byteLength(name)
  if (nameBytes > MAX_EVENT_NAME_BYTES) {
    return { rule: 'event_name_too_long', detail: `${name.slice(0, 40)}… has ${nameBytes} bytes` }
  }
  return rejectedEventData(name, properties)
}

export function rejectedEventData(name: string | null, properties: UnknownRecord): Rejection | null {
  const bytes = byteLength(JSON.stringify(properties))
  if (bytes <= MAX_EVENT_DATA_BYTES) return null
  return { rule: 'event_data_too_large', detail: `${name} has ${bytes} bytes` }
}
