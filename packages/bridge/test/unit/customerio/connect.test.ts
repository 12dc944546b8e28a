import { afterEach, expect, test } from 'vitest'
import { connectCustomerIo } from '../../../src/customerio/connect.ts'
import type { VendorState } from '../../../src/delivery/vendor.ts'

const page = window as unknown as Record<string, unknown>
afterEach(() => {
  for (const name of ['cioanalytics', '_cio', 'Gist']) delete page[name]
})

/** Looks once, and gives what is told of the SDK, now and later. */
const look = (given: unknown) => {
  const told: [VendorState, string | undefined, unknown][] = []
  const search = connectCustomerIo(given)((state, _reason, vendor) =>
    told.push([state, vendor?.api, vendor?.read().id]),
  )
  search()
  return { told, search }
}

const loaded = (id: string) => ({
  ready: (callback: () => void) => callback(),
  user: () => ({ id: () => id, anonymousId: () => 'device', traits: () => ({}) }),
})

test('an SDK that is given is used, whatever is on the page', () => {
  page.cioanalytics = loaded('of the page')
  expect(look(loaded('given')).told).toEqual([['ready', 'cioanalytics', 'given']])
  expect(look('auto').told).toEqual([['ready', 'cioanalytics', 'of the page']])
})

test.each([
  ['nothing', undefined],
  ['an element of that name', document.createElement('form')],
])('%s is no SDK', async (_, there) => {
  for (const name of ['cioanalytics', '_cio', 'Gist']) page[name] = there
  const { told, search } = look('auto')
  if (there) await import('../../../src/customerio/connect-gist.ts')
  await Promise.resolve()
  search(true)
  expect(told).toEqual([['missing', undefined, undefined]])
})

test.each([{}, 7, true])('nor is %j, given to createBridge', async given => {
  const { told, search } = look(given)
  await import('../../../src/customerio/connect-gist.ts')
  await Promise.resolve()
  search(true)
  expect(told.map(([state]) => state)).toEqual(['missing'])
})
