import { isDevelopment } from './globals.ts'

/** One thing the bridge had to refuse, correct or do without. */
export interface Warning {
  /** What kind of thing: `config`, `flag`, `id`, `event`, `vendor` or `storage`. */
  code: 'config' | 'flag' | 'id' | 'event' | 'vendor' | 'storage'
  /** The path of the field, as the caller wrote it, e.g. `flags.vip_tier.type`. */
  field: string
  /** What was got, why that is refused, and a valid example. Holds no flag, trait or event value outside debug. */
  message: string
  /** How many times it happened; the console hears of it once. */
  count: number
}

/** Collects warnings: one console line each in development, a `status()` entry always. */
export interface Report {
  warn(code: Warning['code'], field: string, message: string): void
  /** Names a value in a message: in full in debug mode, else only its type and size. */
  show(value: unknown): string
  readonly warnings: Warning[]
}

/** Distinct warnings remembered; a page that misuses the bridge in endless new ways stays bounded. */
const KEPT = 50

export const createReport = (debug: boolean, emit: (warning: Warning) => void): Report => {
  const warnings: Warning[] = []
  return {
    warnings,
    warn: (code, field, message) => {
      const known = warnings.find(warning => warning.field === field && warning.message === message)
      if (known) known.count++
      else if (warnings.length < KEPT) {
        const warning = { code, field, message, count: 1 }
        warnings.push(warning)
        if (debug || isDevelopment()) console.warn(`[retention-bridge] ${field}: ${message}`)
        emit(warning)
      }
    },
    show: value => (debug ? display(value) : describe(value)),
  }
}

/** A value of the configuration (never personal) in a message. */
export const display = (value: unknown): string => {
  try {
    return String(JSON.stringify(value) ?? value).slice(0, 80)
  } catch {
    return typeof value
  }
}

const describe = (value: unknown): string =>
  typeof value === 'string'
    ? `a string of ${value.length}`
    : Array.isArray(value)
      ? 'a list'
      : value === null || Number.isNaN(value)
        ? String(value)
        : `a ${typeof value}`
