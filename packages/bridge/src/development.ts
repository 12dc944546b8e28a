import type { FlagSpec } from './flags/plan.ts'
import { PERSONAL } from './flags/sensitive.ts'
import { namesOf, readValue } from './flags/value.ts'
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
  consent: 'granted denied pending function object',
  'consent.customerio': 'granted denied pending',
  'consent.fullstory': 'granted denied pending',
  timeout: 'number',
  important: 'object',
  allowSensitive: 'object',
  replayLinks: 'object string boolean',
  maxFlags: 'number',
  debug: 'boolean',
  // Of the script tag with all there is.
  pageFlags: 'boolean object',
  campaignFlags: 'boolean object',
  inboxFlags: 'boolean object',
  inAppEvents: 'boolean object',
  flagTraits: 'object',
  replayTrait: 'boolean string',
  anonymousIdFlag: 'string',
  watchFriction: 'boolean object',
  panel: 'boolean',
}

/** Reports what is no option, or no value of it. */
export const checkOptions = (given: unknown, { warn }: Report, path = ''): void => {
  for (const key of namesOf(given))
    try {
      const value = (given as Record<string, unknown>)[key]
      const words = OPTIONS[path + key]?.split(' ')
      if (words && value === undefined) continue
      const kind = typeof value
      if (!words?.includes(kind === 'string' && !words.includes(kind) ? (value as string) : kind))
        warn('option', path + key, value)
      else if (path === '' && /^(identity|fullstory|consent)$/.test(key) && typeof value === 'object')
        checkOptions(value, { warn } as Report, `${key}.`)
    } catch (error) {
      warn('option', path + key, error)
    }
}

/** Reports the parts of a flag's declaration that will not do what they say. */
export const checkFlag = (name: string, spec: FlagSpec, { warn }: Report): void => {
  const { type, values, aliases, ttl, off = type === 'bool' ? false : undefined, sensitive } = spec
  const areTexts = (list: unknown) =>
    Array.isArray(list) && list.length > 0 && list.every(text => text && typeof text === 'string')
  const report = (part: 'values' | 'aliases' | 'ttl' | 'off', fits: boolean) => {
    if (!fits) warn(`flag-${part}`, `flags.${name}.${part}`, spec[part])
  }
  if (sensitive !== 'allow' && PERSONAL.test(name)) warn('flag-sensitive', `flags.${name}`, name)
  if (type === 'enum') report('values', areTexts(values))
  if (aliases !== undefined) report('aliases', areTexts(aliases))
  if (ttl !== undefined) report('ttl', /^\d+[smhd]$/.test(String(ttl)) || (ttl as number) > 0)
  if (ttl !== undefined || off !== undefined) report('off', isValue(spec, off))
}

const isValue = (spec: FlagSpec, value: unknown): boolean => {
  try {
    return readValue(spec, value) !== undefined
  } catch {
    return false
  }
}
