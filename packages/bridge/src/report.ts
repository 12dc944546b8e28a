import { explain, type WarningCode } from './warnings.ts'

/** One thing the bridge had to refuse, correct or do without. */
export interface Warning {
  /** What kind of thing; the README lists them all. */
  code: WarningCode
  /** The path of the field as the caller wrote it, e.g. `flags.vip_tier.type`. */
  field: string
  /** What was got and, in the development build, what to write instead. Holds no personal value outside debug. */
  message: string
  /** How many times it happened; the console hears of it once. */
  count: number
}

/** Collects warnings: one console line each in development, a `status()` entry always. */
export interface Report {
  /**
   * `got` is shown when `personal` is left out: something a developer wrote. What may be personal is shown in debug
   * mode of the development build only, else named by its type.
   */
  warn(code: WarningCode, field: string, got?: unknown, personal?: boolean): void
  list(): Warning[]
}

/** Distinct warnings remembered; a page that misuses the bridge in endless new ways stays bounded. */
const KEPT = 50

export const createReport = (debug: unknown, emit: (warning: Warning) => void): Report => {
  const warnings = new Map<string, Warning>()
  return {
    list: () => [...warnings.values()].map(warning => ({ ...warning })),
    warn: (code, field, got, personal) => {
      const key = code + field
      const known = warnings.get(key)
      if (known) known.count++
      else if (warnings.size < KEPT) {
        let message: string = typeof got
        try {
          if (!personal) message = String(got).slice(0, 99)
        } catch {}
        if (process.env.NODE_ENV !== 'production') {
          message = explain(code, personal && !debug ? typeof got : got)
          console.warn(`[retention-bridge] ${field}: ${message} (${code})`)
        }
        const warning = { code, field: field.slice(0, 99), message, count: 1 }
        warnings.set(key, warning)
        emit(warning)
      }
    },
  }
}
