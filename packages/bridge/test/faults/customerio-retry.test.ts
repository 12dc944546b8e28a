import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openPage, openStage, type Stage } from '../browser/stage.ts'

/** What a fault costs with Customer.io's SDK alone: the reasons of rows, and of a limitation of `docs/faults.md`. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('an event of somebody without an id that is sent again has the id of who is there by then', async () => {
  const store = stage.store()
  const { page } = await openPage(await stage.visitor(), store.url({ fullstory: 'none' }))
  await page.waitForFunction(() => 'initialized' in window.cioanalytics)
  const before = await page.evaluate(() => window.cioanalytics.user().anonymousId())
  store.faults.customerioCollector = 'blocked'
  const failed = page.waitForEvent('requestfailed', request => request.url().endsWith('/v1/t'))
  await page.evaluate(() => void window.cioanalytics.track('said_before'))
  await failed
  await page.evaluate(() => {
    window.cioanalytics.reset()
    window.cioanalytics.identify('B')
  })
  // Not before: the SDK tries again when it likes, which would be as nobody.
  store.faults.customerioCollector = 'ok'
  const calls = await eventually(
    () => store.customerio.view().calls.filter(({ name }) => name === 'said_before'),
    ({ length }) => length > 0,
    'sent again',
  )
  expect(calls).toMatchObject([{ userId: 'B', anonymousId: before }])
})
