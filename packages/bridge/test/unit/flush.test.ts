import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createBridge } from '../../src/index.ts'
import { leavePage } from './page.ts'
import { vendors } from './ready-vendors.ts'

beforeAll(() => {
  vi.useFakeTimers()
})
afterAll(() => {
  vi.useRealTimers()
})
afterEach(leavePage)

test('flush waits for who the visitor is until Customer.io has it, and status() counts it as held', async () => {
  const { customerio, fullstory } = vendors()
  let arrive = () => {}
  const identify = () =>
    new Promise<void>(resolve => {
      arrive = resolve
    })
  const bridge = createBridge({ flags: {}, customerio: { ...customerio, identify }, fullstory })
  bridge.identify('A')
  await vi.advanceTimersByTimeAsync(1000)
  const flushed = vi.fn()
  bridge.flush().then(flushed)
  await vi.advanceTimersByTimeAsync(1000)
  expect(flushed).not.toHaveBeenCalled()
  expect(bridge.status().vendors.customerio.held).toBe(1)
  arrive()
  await vi.advanceTimersByTimeAsync(100)
  expect(flushed).toHaveBeenCalledTimes(1)
  expect(bridge.status().vendors.customerio.held).toBe(0)
})

test('flush does not wait longer than it is told to', async () => {
  const { customerio, fullstory } = vendors()
  const identify = () => new Promise<void>(() => {})
  const bridge = createBridge({ flags: {}, customerio: { ...customerio, identify }, fullstory })
  bridge.identify('A')
  await vi.advanceTimersByTimeAsync(1000)
  const flushed = vi.fn()
  bridge.flush({ timeout: 300 }).then(flushed)
  await vi.advanceTimersByTimeAsync(290)
  expect(flushed).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(40)
  expect(flushed).toHaveBeenCalledTimes(1)
})
