import { isRecord } from '../record.ts'

/**
 * Snippet 1.3 pushes `[op, args, source]` in a vocabulary of its own. Translated to what later snippets
 * send for the same method. Anything else `FS` is called with there has no meaning and vanishes.
 */
export function translateV1(entry: readonly unknown[]): readonly unknown[] {
  const [op, args, source] = entry
  const translated = translate(op, args)
  return translated ? [...translated, source, undefined, undefined, 1] : ['', undefined]
}

function translate(op: unknown, args: unknown): [string, unknown] | null {
  switch (op) {
    case 'user':
      return ['setProperties', { type: 'user', properties: args }]
    case 'event':
      return isRecord(args) ? ['trackEvent', { name: args.n, properties: args.p }] : null
    case 'setVars':
      return Array.isArray(args) ? ['setProperties', { type: args[0], properties: args[1] }] : null
    case 'rec':
      return [args ? 'restart' : 'shutdown', undefined]
    case 'consent':
      return ['setIdentity', { consent: args }]
    case 'log':
      return Array.isArray(args) ? ['log', { level: args[0], msg: args[1] }] : null
    default:
      return null
  }
}
