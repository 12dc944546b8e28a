export type UnknownRecord = Record<string, unknown>

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A copy that shares nothing with data as JSON has it. jsdom has no `structuredClone`. */
export function copyOf<T>(data: T): T {
  return JSON.parse(JSON.stringify(data))
}
