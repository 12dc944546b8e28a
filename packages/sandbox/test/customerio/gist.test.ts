import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage } from './classic-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe('Gist alone', () => {
  test('is set up as the page’s own, and keeps the token for the next page', async () => {
    const store = stage.store()
    const page = await (await stage.visitor()).newPage()
    await page.goto(store.gistPage())
    await page.waitForFunction(() => Object(window).Gist?.initialized)
    await page.evaluate(() => Object(window).Gist.setUserToken('ann'))
    store.customerio.pushInbox({ to: 'ann', properties: { n: 1 } })
    await page.reload()
    await page.waitForFunction(() => Object(window).Gist?.initialized)
    await page.waitForFunction(async () => (await Object(window).Gist.getInboxMessages()).length === 1)
  })

  test.each(['blocked', 500] as const)('%s: there is none', async fault => {
    const store = stage.store()
    store.faults.customerioScript = fault
    const page = await (await stage.visitor()).newPage()
    // Is over when the script has failed.
    await page.goto(store.gistPage())
    expect(await page.evaluate(() => 'Gist' in window)).toBe(false)
  })
})
