import type { FlagPlan } from '../flags/plan.ts'
import { type FrictionOptions, watchFriction as watch } from '../friction/index.ts'
import type { Bridge } from '../methods.ts'
import { warnOnce } from '../warn-once.ts'

/** What `watchFriction` takes, as JSON can say it: which addresses belong to the checkout, by their path. */
export type NamedFriction = Pick<FrictionOptions<FlagPlan>, 'flag' | 'kinds'> & { isCheckout?: string }

const readCheckout = (pattern: string | undefined) => {
  if (pattern === undefined) return
  try {
    const path = new RegExp(pattern)
    return ({ pathname }: URL) => path.test(pathname)
  } catch {
    warnOnce('watchFriction.isCheckout', "a regular expression for the path: '^/kasse'")
  }
}

export const watchFriction = (
  bridge: Bridge<FlagPlan>,
  { flag, kinds, isCheckout }: NamedFriction,
): (() => void) => watch(bridge, { flag, kinds, isCheckout: readCheckout(isCheckout) })
