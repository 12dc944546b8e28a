import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { becomes, SOON, UNTIL, violations } from './found-sdk.ts'
import { allAre, ids, openGistStage, settled, stored, told, WATCHED } from './gist-stage.ts'
import { eventually, NOT_IMPORTED, names } from './stage.ts'

let stage: Awaited<ReturnType<typeof openGistStage>>
beforeAll(async () => {
  stage = await openGistStage()
})
afterAll(() => stage.close())

describe('what becomes of Gist', () => {
  const setup = `${SOON} bridge.identify('ada')`

  test.each(['blocked', 500] as const)('its script is %s: nothing of it is on the page', async fault => {
    const store = stage.store()
    store.faults.customerioScript = fault
    const { page } = await stage.open(store, { setup })
    expect((await becomes(page, 'missing')).held).toBe(1)
  })

  test('never set up: hung; set up after all: told at the next call', async () => {
    const store = stage.store()
    // Without its script it would be missing.
    const there = `${UNTIL} await until(() => window.Gist); ${setup}`
    const { page, problems } = await stage.open(store, { setup: there, gist: { setup: false } })
    await becomes(page, 'hung')
    await page.evaluate(siteId => Object(window).Gist.setup({ siteId, env: 'local' }), store.id)
    await page.evaluate(() => window.bridge.track('next'))
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('ada'))
    expect(problems).toEqual([])
  })

  test('set up for what the page embeds itself: takes no token', async () => {
    const store = stage.store()
    const embedOnly = "(window.Gist?.setup({ siteId: 'any', embedOnly: true }), !!window.Gist)"
    const wait = `${UNTIL} await until(() => ${embedOnly})`
    const { page } = await stage.open(store, { setup: `${wait}; ${setup}`, gist: { setup: false } })
    expect((await becomes(page, 'disabled')).reason).toBe('embedOnly')
    expect(await stored(page, 'userToken')).toBeNull()
  })

  test('the library’s own file cannot be loaded: blocked, with the reason', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    await visitor.route('**/chunks/**', route => route.abort())
    const { page, problems } = await stage.open(store, { setup }, visitor)
    expect((await becomes(page, 'blocked')).reason).toMatch(NOT_IMPORTED)
    expect(problems).toEqual([])
  })
})

describe('given to createBridge', () => {
  test('Gist itself', async () => {
    const store = stage.store()
    const setup = `${WATCHED}; const own = Gist; delete window.Gist
      window.bridge = createBridge({ flags: plan, customerio: own }); bridge.identify('ada')`
    const { page } = await stage.open(store, { setup })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('ada'))
  })

  test.each([
    ['with its in-app plugin, the token is left to it', true],
    ['without, the token is set beside it', false],
  ])('beside cioanalytics %s', async (_, inApp) => {
    const store = stage.store()
    store.settings.inApp = inApp
    const setup = `${WATCHED}; window.bridge = createBridge({
      flags: plan, customerio: { analytics: cioanalytics, gist: Gist } }); bridge.identify('ada'); bridge.track('bought')`
    const { page, problems } = await stage.open(store, { setup, customerio: true })
    await settled(page, store)
    await eventually(
      () => stored(page, 'userToken'),
      token => token === 'ada',
      'the token',
    )
    expect(await ids(page)).toEqual(allAre('ada'))
    expect((await becomes(page, 'ready')).api).toBe('cioanalytics')
    expect((await told(page)).filter(call => String(call) === 'setUserToken,ada')).toHaveLength(1)
    await eventually(
      () => names(store.customerio.person('ada')?.events),
      events => events.includes('bought'),
      'the event',
    )
    await page.evaluate(() => window.bridge.logout())
    await settled(page, store)
    await eventually(
      () => stored(page, 'userToken'),
      token => token === null,
      'no token',
    )
    expect(await ids(page)).toEqual(allAre(null))
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })

  test('beside an SDK, and set up after it: waited for', async () => {
    const store = stage.store()
    store.settings.inApp = false
    // All of it in the page: the library waits two seconds for Gist, which a test's messages to a busy browser may take.
    const setup = `
      ${UNTIL} await until(() => window.Gist && cioanalytics.initialized)
      window.bridge = createBridge({ flags: plan, customerio: { analytics: cioanalytics, gist: Gist } })
      bridge.identify('ada')
      const loads = ({ name }) => name.endsWith('/chunks/gist.js')
      await until(() => performance.getEntriesByType('resource').some(loads))
      // It has run, and then looks every 50 ms.
      await import('/dist/chunks/gist.js')
      await new Promise(resolve => setTimeout(resolve, 200))
      window.before = bridge.status().vendors.customerio
      Gist.setup({ siteId: '${store.id}', env: 'local' })`
    const { page, problems } = await stage.open(store, { setup, customerio: true, gist: { setup: false } })
    expect(await page.evaluate('before')).toMatchObject({ state: 'waiting', held: 1 })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('ada'))
    await eventually(
      () => store.customerio.person('ada')?.identifyCalls,
      calls => calls === 1,
      'ada',
    )
    expect(problems).toEqual([])
  })

  test('beside an SDK, and never set up: that SDK gets its calls all the same', async () => {
    const store = stage.store()
    store.settings.inApp = false
    const setup = `${UNTIL} await until(() => window.Gist); window.bridge =
      createBridge({ flags: plan, timeout: 300, customerio: { analytics: cioanalytics, gist: Gist } })
      bridge.identify('ada')`
    const { page, problems } = await stage.open(store, { setup, customerio: true, gist: { setup: false } })
    await settled(page, store)
    await eventually(
      () => store.customerio.person('ada')?.identifyCalls,
      calls => calls === 1,
      'ada',
    )
    expect(await stored(page, 'userToken')).toBeNull()
    expect(problems).toEqual([])
  })
})
