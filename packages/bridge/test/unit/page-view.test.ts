import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createBridge } from '../../src/index.ts'
import { createCustomerIo, createFullStory } from '../../src/testing/index.ts'
import { leavePage } from './page.ts'

beforeAll(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
afterEach(leavePage)

test.each<[what: string, name: unknown, told: unknown]>([
  ['a text', 'Checkout', 'Checkout'],
  ['none', undefined, undefined],
  ['a number', 42, undefined],
  ['an object', { step: 1 }, undefined],
  ['10 MB of text', 'x'.repeat(1e7), undefined],
])('a page whose name is %s', async (_what, name, told) => {
  const fullstory = createFullStory()
  const customerio = createCustomerIo()
  const bridge = createBridge({ flags: {}, fullstory, customerio })
  bridge.page({ name: name as string, properties: { section: 'hats' } })
  await vi.advanceTimersByTimeAsync(5000)
  const [visitor] = customerio.anonymous
  expect(visitor?.pages.map(({ properties }) => properties)).toMatchObject([{ section: 'hats' }])
  expect(visitor?.pages[0]?.name).toBe(told ?? location.href)
  expect(bridge.status().warnings.map(({ code, field }) => [code, field])).toEqual(
    name === told ? [] : [['field', 'page']],
  )
  expect([...fullstory.violations, ...customerio.violations]).toEqual([])
})
