import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ENTRIES } from './entries.ts'
import { expectDeclaredOnly, type FuzzPage, leaveFuzzPage, openFuzzPage, pass } from './page.ts'
import { cases, report, run, SEED } from './run.ts'
import { heavy, wild } from './values.ts'

beforeAll(() => {
  vi.useFakeTimers()
})
afterAll(() => {
  vi.useRealTimers()
  report('public entries')
})
beforeEach(() => {
  for (const method of ['warn', 'debug', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(() => {})
})
afterEach(() => {
  leaveFuzzPage()
  vi.restoreAllMocks()
})

/** Calls to the same page, which then has to be as good as new for whoever calls it properly. */
const CALLS_A_PAGE = 250

const stillWorks = async (page: FuzzPage) => {
  const { bridge } = page
  await pass()
  expectDeclaredOnly(page)
  if (window.retention_bridge !== (bridge as unknown)) return
  bridge.impersonate(false)
  bridge.setConsent('granted')
  await pass(10_000)
  bridge.logout()
  expect(await bridge.identify('cust_9', { flags: { vip_tier: 'gold' } as never })).toMatchObject({
    id: 'cust_9',
  })
  bridge.track('after')
  await pass()
  expect(page.customerio.find('cust_9')?.events.map(({ name }) => name)).toContain('after')
  const person = page.fullstory.people.find(({ uid }) => uid === 'cust_9')
  expect(person?.properties.vip_tier?.value).toBe('gold')
}

test.each(ENTRIES)(
  '%s',
  async (name, act, share = 1) => {
    let page = openFuzzPage()
    let left = CALLS_A_PAGE
    const call = async (args: unknown[]) => {
      if (!left--) {
        await stillWorks(page)
        page = openFuzzPage()
        left = CALLS_A_PAGE
      }
      if (window.retention_bridge !== (page.bridge as unknown)) page = openFuzzPage()
      await run(name, () => act(page, args))
    }
    for (const { make } of heavy)
      for (const args of [[make()], ['cust_1', make()], [{ name: make() }]]) await call(args)
    await fc.assert(
      fc.asyncProperty(fc.array(wild, { maxLength: 3 }), given => call(given.map(({ make }) => make()))),
      {
        seed: SEED,
        numRuns: cases(share),
        endOnFailure: false,
      },
    )
    await stillWorks(page)
  },
  600_000,
)

declare global {
  interface Window {
    retention_bridge?: unknown
  }
}
