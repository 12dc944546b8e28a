import type { Rejection } from './limits.ts'

const MAX_ID_LENGTH = 150
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const CIO_PREFIX = 'cio_'

export type Identifier = { kind: 'id' | 'email' | 'cioId'; value: string }

/** Customer.io decides by its looks what an id is. */
export function identifierOf(userId: string): Identifier {
  if (userId.startsWith(CIO_PREFIX)) return { kind: 'cioId', value: userId.slice(CIO_PREFIX.length) }
  const email = emailOf(userId)
  return email === null ? { kind: 'id', value: userId } : { kind: 'email', value: email }
}

/** In the one spelling that all spellings of an address share; null for anything else. */
export function emailOf(value: unknown): string | null {
  return typeof value === 'string' && EMAIL.test(value.trim()) ? value.trim().toLowerCase() : null
}

export function rejectedId(userId: string | null): Rejection | null {
  if (userId === null) return { rule: 'missing_id', detail: 'no user id, and nothing that stands for one' }
  if (userId.trim() === '') return { rule: 'empty_id', detail: 'the user id is empty' }
  if (userId.length > MAX_ID_LENGTH) return { rule: 'id_too_long', detail: `${userId.length} characters` }
  return null
}
