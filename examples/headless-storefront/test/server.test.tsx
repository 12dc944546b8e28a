import { renderToString } from 'react-dom/server'
import { StaticRouter } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { App } from '../src/app.tsx'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test.each([
  ['/', 'Made to be used'],
  ['/products/harbor-mug', 'Harbor mug'],
  ['/cart', 'Your cart'],
  ['/account', 'Sign in'],
])('%s is rendered on a server, which keeps and starts nothing', (location, text) => {
  vi.useFakeTimers()
  const request = vi.spyOn(globalThis, 'fetch')
  const before = Object.keys(globalThis)
  const html = renderToString(
    <StaticRouter location={location}>
      <App />
    </StaticRouter>,
  )
  expect(html).toContain(text)
  expect(vi.getTimerCount()).toBe(0)
  expect(request).not.toHaveBeenCalled()
  expect(Object.keys(globalThis)).toEqual(before)
})
