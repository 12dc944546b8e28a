import { renderToString } from 'react-dom/server'
import { StaticRouter } from 'react-router'
import { createBridge } from 'retention-bridge'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from '../src/app.tsx'

let globals: string[]

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(globalThis, 'fetch')
  globals = Object.keys(globalThis)
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const expectNothingDone = () => {
  expect(vi.getTimerCount()).toBe(0)
  expect(fetch).not.toHaveBeenCalled()
  expect(Object.keys(globalThis)).toEqual(globals)
}

test.each([
  ['/', 'Made to be used'],
  ['/products/harbor-mug', 'Harbor mug'],
  ['/cart', 'Your cart'],
  ['/account', 'Sign in'],
])('%s is rendered on a server, which keeps and starts nothing', (location, text) => {
  const html = renderToString(
    <StaticRouter location={location}>
      <App />
    </StaticRouter>,
  )
  expect(html).toContain(text)
  expectNothingDone()
})

test('a bridge on a server does nothing with consent either, and the next one knows nobody', async () => {
  const bridge = createBridge({ flags: {}, consent: 'granted' })
  await bridge.identify('cust_1042')
  bridge.track('order_completed')
  expectNothingDone()
  expect(createBridge({ flags: {} }).status().identity.id).toBeNull()
})
