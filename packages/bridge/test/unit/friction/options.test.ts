import { afterEach, expect, test, vi } from 'vitest'
import { watchFriction } from '../../../src/friction/index.ts'
import { leavePage } from '../page.ts'
import { page } from './stage.ts'

afterEach(() => {
  leavePage()
  vi.restoreAllMocks()
})

test('what is right is not mentioned', () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const { bridge } = page()
  watchFriction(bridge)()
  watchFriction(bridge, { flag: 'friction', kinds: ['rage_click'], isCheckout: () => true })()
  expect(warned).not.toHaveBeenCalled()
})

test('what is no option is said once by its field, with what is expected', () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const { bridge } = page()
  const options = { flag: 1, kinds: ['rage'], isCheckout: '/kasse', rules: {} } as never
  watchFriction(bridge, options)()
  watchFriction(bridge, options)()
  const said = warned.mock.calls.map(([text]) => /watchFriction\.(\w+): .*Expected (.*)/.exec(text)?.slice(1))
  expect(said).toEqual([
    ['flag', expect.stringContaining("'friction'")],
    ['kinds', expect.stringContaining('rage_click')],
    ['isCheckout', expect.stringContaining('url =>')],
    ['rules', expect.stringContaining('isCheckout')],
  ])
})
