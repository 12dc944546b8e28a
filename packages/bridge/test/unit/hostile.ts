const fail = (): never => {
  throw new Error('hostile')
}
const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
const cycle: Record<string, unknown> = { name: 'cycle' }
cycle.self = cycle
let deep: unknown[] = []
for (let level = 0; level < 20_000; level++) deep = [deep]

/** Values that pages pass by mistake, and worse ones. None of them may make the library throw. */
export const HOSTILE: [what: string, value: unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['NaN', Number.NaN],
  ['-Infinity', -Infinity],
  ['a bigint', 10n ** 30n],
  ['a symbol', Symbol('hostile')],
  ['true', true],
  ['an empty text', ''],
  ['10 MB of text', 'x'.repeat(1e7)],
  ['10 MB that nearly is an address', '@.'.repeat(5e6)],
  ['half a character', '\ud800'],
  ['a list', [1, undefined, [Symbol.iterator]]],
  ['a function that throws', fail],
  ['a class', class {}],
  ['a function that cannot be printed', Object.assign(() => {}, { toString: fail })],
  ['a revoked proxy', revoked({})],
  ['a revoked function', revoked(() => {})],
  [
    'a proxy that refuses everything',
    new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail }),
  ],
  ['a getter that throws', Object.defineProperty({ name: 'x' }, 'vip', { enumerable: true, get: fail })],
  [
    'a getter that throws what cannot be read',
    Object.defineProperty({}, 'vip', {
      enumerable: true,
      get: () => {
        throw revoked({})
      },
    }),
  ],
  [
    'an object that cannot be converted',
    { toString: fail, valueOf: fail, toJSON: fail, [Symbol.toPrimitive]: fail },
  ],
  ['an error whose message is no text', Object.assign(new Error(), { message: Symbol('hostile') })],
  // biome-ignore lint/suspicious/noThenProperty: what is awaited by mistake.
  ['a thenable that throws', { then: fail }],
  ['a cycle', cycle],
  ['20,000 levels', deep],
  ['an object without prototype', Object.assign(Object.create(null), { vip: 1n })],
  [
    'an own __proto__',
    JSON.parse('{ "__proto__": { "polluted": true }, "constructor": { "prototype": 1 } }'),
  ],
  ['a frozen object', Object.freeze({ vip: Object.freeze([Number.NaN]) })],
  ['an invalid date', new Date(Number.NaN)],
  ['a map', new Map([[cycle, cycle]])],
]

/** What was thrown may be as hostile. */
const readable = (error: unknown): string => {
  try {
    return String((error as Error).message)
  } catch {
    return 'something that cannot be read'
  }
}

/** The hostile values that an action throws for, and how. */
export const throwingFor = (act: (value: unknown) => unknown): string[] =>
  HOSTILE.flatMap(([what, value]) => {
    try {
      act(value)
      return []
    } catch (error) {
      return [`${what}: ${readable(error)}`]
    }
  })

/** The hostile values for which an action throws or rejects, one after the other, and how. */
export const failingFor = async (act: (value: unknown) => Promise<unknown>): Promise<string[]> => {
  const failing: string[] = []
  for (const [what, value] of HOSTILE)
    await act(value).catch(error => failing.push(`${what}: ${readable(error)}`))
  return failing
}
