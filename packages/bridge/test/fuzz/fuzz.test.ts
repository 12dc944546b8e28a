import fc from 'fast-check'
import { test } from 'vitest'
import { ENTRIES } from './entries.ts'
import {
  expectDeclaredOnly,
  expectGoesOn,
  type FuzzPage,
  openNewFuzzPage,
  pass,
  prepareFuzz,
} from './page.ts'
import { cases, run, SEED } from './run.ts'
import { heavy, wild } from './values.ts'

prepareFuzz('public entries')

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
  await expectGoesOn(page)
}

test.each(ENTRIES)(
  '%s',
  async (name, act, share = 1) => {
    let page = openNewFuzzPage()
    let left = CALLS_A_PAGE
    const call = async (args: unknown[]) => {
      if (!left--) {
        await stillWorks(page)
        page = openNewFuzzPage()
        left = CALLS_A_PAGE
      }
      if (window.retention_bridge !== (page.bridge as unknown)) page = openNewFuzzPage()
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
