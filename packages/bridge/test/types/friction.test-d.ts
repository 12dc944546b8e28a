import { expectTypeOf, test } from 'vitest'
import { type FrictionKind, frictionKinds, watchFriction } from '../../src/friction/index.ts'
import { createBridge, defineFlags } from '../../src/index.ts'

const bridge = createBridge({
  flags: defineFlags({
    friction: { type: 'enum', values: ['none', ...frictionKinds], ttl: '30m', off: 'none' },
  }),
})

test('the flag is one of the plan, and kinds are those there are', () => {
  expectTypeOf(watchFriction(bridge, { flag: 'friction', kinds: ['rage_click'] })).toEqualTypeOf<() => void>()
  // @ts-expect-error: not in the plan
  watchFriction(bridge, { flag: 'frustration' })
  // @ts-expect-error: no kind
  watchFriction(bridge, { kinds: ['rage'] })
  // @ts-expect-error: a pattern is for the script tag
  watchFriction(bridge, { isCheckout: '^/kasse' })
  expectTypeOf<FrictionKind>().toEqualTypeOf<(typeof frictionKinds)[number]>()
})
