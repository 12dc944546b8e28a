import { warnOnce } from '../warn-once.ts'
import { frictionKinds } from './kinds.ts'

/** Reports what is no option, or no value of it. For the development build: what is wrong does nothing. */
export const checkOptions = (given: unknown): void => {
  const warn = (name: string, expected: string) => warnOnce(`watchFriction.${name}`, expected)
  const isKind = (kind: unknown) => (frictionKinds as readonly unknown[]).includes(kind)
  try {
    // A text would be taken for an object of its characters.
    if (given !== undefined && typeof given !== 'object') throw given
    const { flag, kinds, isCheckout, ...others } = { ...(given as Record<string, unknown>) }
    if (flag !== undefined && typeof flag !== 'string') warn('flag', "the name of a flag: 'friction'")
    if (kinds !== undefined && !(Array.isArray(kinds) && kinds.every(isKind)))
      warn('kinds', `a list of ${frictionKinds.join(', ')}`)
    if (isCheckout !== undefined && typeof isCheckout !== 'function')
      warn('isCheckout', "a function: url => url.pathname.startsWith('/kasse')")
    for (const name in others) warn(name, 'flag, kinds or isCheckout')
  } catch {
    warn('options', "plain data: { flag: 'friction' }")
  }
}
