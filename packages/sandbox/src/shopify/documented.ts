/**
 * Globals that Shopify guarantees in a strict sandbox, and the language's own. In a lax one there are those of an iframe,
 * too; a pixel for both must not use them. https://shopify.dev/docs/apps/build/marketing-analytics/pixels
 */
const ENVIRONMENT = [
  'console',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'fetch',
  'Headers',
  'Request',
  'Response',
]
const LANGUAGE = [
  'undefined',
  'NaN',
  'Infinity',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'decodeURIComponent',
  'encodeURIComponent',
  'Object',
  'Array',
  'String',
  'Number',
  'Boolean',
  'BigInt',
  'Symbol',
  'Math',
  'Date',
  'JSON',
  'RegExp',
  'Promise',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Reflect',
  'Intl',
  'Error',
  'TypeError',
  'RangeError',
]

/** By name; functions of the environment work without their global object. */
export const documentedGlobals = (): Record<string, unknown> => {
  const realm = globalThis as Record<string, unknown>
  const own = (name: string) => {
    const value = realm[name]
    return /^[a-z]/.test(name) && typeof value === 'function' ? value.bind(globalThis) : value
  }
  return Object.fromEntries([
    ...LANGUAGE.map(name => [name, realm[name]]),
    ...ENVIRONMENT.map(name => [name, own(name)]),
  ])
}

/** An object of which only its own members can be used; everything else is reported, and is not there. */
export const onlyItsOwn = <T extends object>(
  what: string,
  members: T,
  report: (name: string) => void,
): Readonly<T> =>
  new Proxy(members, {
    get: (target, name) => {
      if (typeof name === 'string' && !Object.hasOwn(target, name)) return report(`${what}.${name}`)
      return Reflect.get(target, name)
    },
    set: (_target, name) => {
      report(`${what}.${String(name)} = …`)
      return true
    },
  })
