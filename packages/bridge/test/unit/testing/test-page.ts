import { expect } from 'vitest'
import { createBridge, defineFlags } from '../../../src/index.ts'
import {
  createCustomerIo,
  createFullStory,
  matchers,
  type RetentionMatchers,
} from '../../../src/testing/index.ts'

declare module 'vitest' {
  interface Matchers<T> extends RetentionMatchers<T> {}
}
expect.extend(matchers)

export const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'gold'] },
  tags: { type: 'strs' },
  last_order_date: { type: 'date' },
})

export const openPage = () => {
  const fullstory = createFullStory()
  const customerio = createCustomerIo()
  const bridge = createBridge({ flags, fullstory, customerio })
  return { bridge, fullstory, customerio }
}

/** What an expectation says when it fails; it has to. */
export const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    return (error as Error).message
  }
  throw new Error('it does not fail')
}
