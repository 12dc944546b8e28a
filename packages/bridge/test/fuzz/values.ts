import fc from 'fast-check'
import { HOSTILE } from '../unit/hostile.ts'

/** Stands in what is on the page, and was given to nobody: it must not be among what a vendor is told. */
export const CANARY = 'canary'

/** Words that lead into the library: names of options, flags, methods and stored fields, and what breaks objects. */
const WORDS = [
  ...'flags type values ttl off aliases sensitive consent customerio fullstory identity key guest follow'.split(
    ' ',
  ),
  ...'traits email phone via source at to name properties timeout maxFlags important debug'.split(' '),
  ...'allowSensitive replayLinks set unset topic after messageId sentAt v log told n id cut owed'.split(' '),
  ...'total currency items orderId code step customerId parameters remove lifetime kinds flag isCheckout'.split(
    ' ',
  ),
  ...'vip_tier purchase_count cart_abandoner VIP message_id delivery_id length toJSON then'.split(' '),
  ...'__proto__ constructor prototype toString valueOf hasOwnProperty'.split(' '),
]

/** How a value is made: some cannot be looked at, not even by those who made them up. */
export interface Recipe {
  make(): unknown
  toString(): string
}

const recipe = (text: string, make: () => unknown): Recipe => ({ make, toString: () => text })

/** Values of which one takes megabytes, or thousands of levels: few, or nothing else would get its turn. */
const isHeavy = ([what]: (typeof HOSTILE)[number]) => /MB|levels/.test(what)
const named = ([what, value]: (typeof HOSTILE)[number]) => recipe(what, () => value)

/** An object whose fields throw when they are read for the `turn`th time. */
const turning = (target: object, turn: number) => {
  let reads = 0
  return new Proxy(target, {
    get: (object, name, receiver) => {
      reads += 1
      if (reads >= turn) throw new Error('hostile')
      return Reflect.get(object, name, receiver)
    },
  })
}

const plain = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Recipe> =>
  arbitrary.map(value => recipe(fc.stringify(value), () => value))

/** What a field that has a meaning may well hold. */
const USUAL = [
  ...['cust_1', 'ada@example.com', 'gold', 'granted', 'denied', 'bool', 'int', 'enum', '4h', 'email', 'hash'],
  ...['checkout_started', 'payment_failed', 'USD', '129.50', '2026-01-31T12:00:00Z', '1', 'auto', 'v1'],
  ...[0, 1, -1, 42, true, false, null, 129.5, 1e21, 1_767_225_600_000],
]

const strange: fc.Arbitrary<Recipe> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom(...HOSTILE.filter(entry => !isHeavy(entry)).map(named)),
  },
  {
    weight: 10,
    arbitrary: plain(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, maxDepth: 3 }),
    ),
  },
  { weight: 5, arbitrary: plain(fc.string({ unit: 'binary', maxLength: 300 })) },
  {
    weight: 1,
    arbitrary: plain(fc.anything({ withTypedArray: true, withSparseArray: true, withNullPrototype: true })),
  },
)

const { value, object } = fc.letrec<{ value: Recipe; object: Recipe }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: plain(fc.constantFrom<unknown>(...USUAL)) },
    { weight: 4, arbitrary: strange },
    { weight: 5, arbitrary: tie('object') },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('value'), { maxLength: 4 })
        .map(parts => recipe(`[${parts}]`, () => parts.map(part => part.make()))),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('object'), fc.nat(6))
        .map(([target, turn]) => recipe(`turning ${target}`, () => turning(target.make() as object, turn))),
    },
  ),
  object: fc.array(fc.tuple(fc.constantFrom(...WORDS), tie('value')), { maxLength: 6 }).map(fields =>
    recipe(`{ ${fields.map(([name, part]) => `${name}: ${part}`)} }`, () => {
      const made = {}
      for (const [name, part] of fields)
        Object.defineProperty(made, name, {
          value: part.make(),
          enumerable: true,
          configurable: true,
          writable: true,
        })
      return made
    }),
  ),
}))

/** Anything, most of it shaped like what is expected. */
export const wild: fc.Arbitrary<Recipe> = value
/** A plain object with fields that may mean something. */
export const wildObject: fc.Arbitrary<Recipe> = object

/** The few that are large. */
export const heavy: Recipe[] = HOSTILE.filter(isHeavy).map(named)

/** What is kept as text by somebody else: JSON of anything, JSON that was damaged, and no JSON. */
export const text: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .letrec(tie => ({
        value: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom<unknown>(...USUAL),
          fc.constantFrom<unknown>(...USUAL),
          fc.jsonValue({ maxDepth: 2 }),
          tie('object'),
          fc.array(tie('value'), { maxLength: 3 }),
        ),
        object: fc.dictionary(fc.constantFrom(...WORDS), tie('value'), { maxKeys: 6 }),
      }))
      .object.map(value => JSON.stringify(value)),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.json({ maxDepth: 2 }), fc.nat(40)).map(([json, end]) => json.slice(0, end)),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'null',
      '[]',
      '0',
      '{}',
      '"',
      'NaN',
      '\u0000',
      '{"__proto__":{"vip_tier":"gold"}}',
      '{"v":1}',
    ),
  },
)
