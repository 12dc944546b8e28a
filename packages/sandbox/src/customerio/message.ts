import { copyOf, isRecord, type UnknownRecord } from '../record.ts'
import type { CioCall, CioCallType } from './view.ts'

/** The part of the SDK's message that the collector reads. */
export interface CioMessage {
  type: CioCallType
  messageId?: string
  userId?: string | number | null
  anonymousId?: string | null
  /** Of a `track`. */
  event?: string
  /** Of a `page` or `screen`. */
  name?: string
  traits?: UnknownRecord
  properties?: UnknownRecord
  /** ISO 8601 or epoch milliseconds. */
  timestamp?: string | number
}

/** The SDK posts each type to the path that is its first letter. */
export const TYPE_BY_PATH: Record<string, CioCallType> = {
  i: 'identify',
  t: 'track',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
}

export function parseMessage(path: string, body: string): { writeKey: string; message: CioMessage } | null {
  const type = TYPE_BY_PATH[path]
  const json = parseJson(body)
  if (!type || !isRecord(json) || typeof json.writeKey !== 'string') return null
  return { writeKey: json.writeKey, message: { ...json, type } }
}

export function callOf(message: CioMessage, receivedAt: number): CioCall {
  const { type, traits, properties } = message
  const data = type === 'identify' || type === 'group' ? traits : properties
  return {
    type,
    messageId: message.messageId ?? null,
    userId: message.userId === undefined || message.userId === null ? null : String(message.userId),
    anonymousId: message.anonymousId || null,
    name: (type === 'track' ? message.event : pageName(message)) ?? null,
    data: isRecord(data) ? copyOf(data) : {},
    at: timeOf(message.timestamp) ?? receivedAt,
    receivedAt,
    repeated: false,
  }
}

/** In-app page rules see the name first, else the address. */
function pageName({ type, name, properties }: CioMessage): string | undefined {
  if (type !== 'page' && type !== 'screen') return undefined
  const given = name ?? properties?.name ?? properties?.url
  return given === undefined ? undefined : String(given)
}

function timeOf(timestamp: string | number | undefined): number | undefined {
  const time = timestamp === undefined ? Number.NaN : new Date(timestamp).getTime()
  return Number.isNaN(time) ? undefined : time
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
