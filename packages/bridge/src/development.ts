import type { FlagSpec } from './flags/plan.ts'
import { readValue } from './flags/value.ts'
import type { Report } from './report.ts'

/**
 * Checks that only explain: without them the same configuration does the same, since what is wrong has its default or
 * is refused where it is used. The production build leaves this file out.
 */

/** The type of each option, by its path; several words are the values it can have. */
const OPTIONS: Record<string, string> = {
  flags: 'object',
  customerio: 'auto object function boolean',
  fullstory: 'auto object function boolean',
  'fullstory.api': 'v1',
  identity: 'object',
  'identity.key': 'id email',
  'identity.guest': 'defer email hash',
  'identity.follow': 'boolean',
  consent: 'granted denied pending',
  timeout: 'number',
  maxFlags: 'number',
  debug: 'boolean',
}

/** Reports what is no option, or no value of it. */
export const checkOptions = (given: unknown, { warn }: Report, path = ''): void => {
  for (const [key, value] of Object.entries(given ?? {})) {
    const words = OPTIONS[path + key]?.split(' ')
    if (!words?.includes(typeof value === 'string' ? value : typeof value)) warn('option', path + key, value)
    else if (path === '' && /^(identity|fullstory)$/.test(key) && typeof value === 'object')
      checkOptions(value, { warn } as Report, `${key}.`)
  }
}

/** Which part of a flag's declaration is wrong, if any. */
export const wrongPart = (spec: FlagSpec): 'values' | 'ttl' | 'off' | undefined => {
  const { type, values, ttl, off = type === 'bool' ? false : undefined } = spec
  if (
    type === 'enum' &&
    !(Array.isArray(values) && values.length && values.every(value => value && typeof value === 'string'))
  )
    return 'values'
  if (ttl !== undefined && !/^\d+[smhd]$/.test(String(ttl)) && !((ttl as number) > 0)) return 'ttl'
  if (off === undefined ? ttl !== undefined : readValue(spec, off) === undefined) return 'off'
  return undefined
}
