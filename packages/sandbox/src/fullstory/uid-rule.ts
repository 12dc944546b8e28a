/** Placeholders that the script refuses whatever their case. */
const PLACEHOLDERS = new Set(['', '0', '1', '-1', 'true', 'false', 'n/a', 'nan', 'undefined', 'null', 'nil'])

/** Checked by the server only: the script identifies with a longer uid as if nothing were wrong. */
export const MAX_UID_LENGTH = 256

/** The uid as FullStory keeps it, or `null` when the script refuses it. */
export function legalUid(value: unknown): string | null {
  if (typeof value !== 'string' && !Number.isInteger(value)) return null
  const uid = String(value).trim()
  return PLACEHOLDERS.has(uid.toLowerCase()) ? null : uid
}
