import type { NewInboxMessage } from './customerio/in-app/mailbox.ts'
import { isRecord } from './record.ts'

export type Patch<T> = { result: T } | { refused: string }

/** Sets the given keys, or none of them when one is unknown or has a value that does not fit. */
export function applyPatch<T extends object>(
  target: T,
  patch: unknown,
  fits: (value: unknown) => boolean,
): Patch<T> {
  if (!isRecord(patch)) return { refused: 'not an object' }
  for (const [name, value] of Object.entries(patch)) {
    if (!Object.hasOwn(target, name) || !fits(value)) {
      return { refused: `cannot set ${name} to ${JSON.stringify(value)}` }
    }
  }
  return { result: Object.assign(target, patch) }
}

export function isInboxMessage(value: unknown): value is NewInboxMessage {
  return isRecord(value) && typeof value.to === 'string' && isRecord(value.properties)
}

interface Declaration {
  fullstory?: { userProperties: string[]; events?: string[] }
  customerio?: { attributes: string[]; events?: string[] }
}

export function isDeclaration(value: unknown): value is Declaration {
  if (!isRecord(value)) return false
  const { fullstory, customerio } = value
  return (
    (fullstory === undefined || (isRecord(fullstory) && hasNames(fullstory, 'userProperties'))) &&
    (customerio === undefined || (isRecord(customerio) && hasNames(customerio, 'attributes')))
  )
}

function hasNames(declared: Record<string, unknown>, key: string): boolean {
  return isNames(declared[key]) && (declared.events === undefined || isNames(declared.events))
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(name => typeof name === 'string')
}
