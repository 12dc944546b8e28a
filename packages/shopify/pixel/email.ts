/** Bounded, so that no text takes long to be refused. */
const EMAIL = /^\S{1,99}@\S{1,99}\.\S{1,99}$/

/** An address as `retention-bridge` sends it, trimmed and in lower case; `undefined` for anything else. */
export const readEmail = (given: unknown): string | undefined =>
  EMAIL.exec(String(given).trim())?.[0].toLowerCase()
