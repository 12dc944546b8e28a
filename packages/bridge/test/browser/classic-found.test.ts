import { classicSnippet, gistSnippet } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allAre, arrives, holdScript, ids, openClassicStage } from './classic-stage.ts'
import { AUTO, becomes, SOON, UNTIL, violations } from './found-sdk.ts'
import { eventually, NOT_IMPORTED, names, ofFailedScript, openPage, settled } from './stage.ts'

let stage: Awaited<ReturnType<typeof openClassicStage>>
beforeAll(async () => {
  stage = await openClassicStage()
})
afterAll(() => stage.close())

describe('what becomes of the script', () => {
  const setup = `${SOON} bridge.identify('cust_1'); bridge.track('early')`

  test.each([
    ['blocked', ofFailedScript()],
    [500, 'blocked'],
    ['hang', 'hung'],
  ] as const)('%s: %s, and FullStory has everything', async (fault, state) => {
    const store = stage.store()
    store.faults.customerioScript = fault
    const { page, problems } = await stage.open(store, { setup })
    const { held, dropped } = await becomes(page, state)
    expect({ held, dropped }).toEqual({ held: 2, dropped: 0 })
    await eventually(
      () => store.fullstory.view().sessions.map(({ uid, events }) => [uid, ...names(events)]),
      sessions => JSON.stringify(sessions) === '[["cust_1","early"]]',
      'FullStory has it all',
    )
    expect(problems).toEqual([])
  })

  test('late, after the time limit: gets everything, without another call', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const release = await holdScript(visitor)
    const { page, problems } = await stage.open(store, { setup }, visitor)
    await becomes(page, 'hung')
    release()
    await becomes(page, 'ready')
    await arrives(store, 'early')
    expect(names(store.customerio.person('cust_1')?.events)).toEqual(['early'])
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })

  test.each([
    ['own file', '**/chunks/**'],
    ['file for this SDK', '**/chunks/classic.js'],
  ])('the library’s %s cannot be loaded: blocked, with the reason', async (_, files) => {
    const store = stage.store()
    const visitor = await stage.visitor()
    await visitor.route(files, route => route.abort())
    const { page, problems } = await stage.open(store, { setup }, visitor)
    const { reason, held } = await becomes(page, 'blocked')
    expect(reason).toMatch(NOT_IMPORTED)
    expect(held).toBe(2)
    expect(problems).toEqual([])
  })
})

test('the library’s own file does not come: hung', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  await visitor.route('**/chunks/**', () => {})
  const { page, problems } = await stage.open(store, { setup: `${SOON} bridge.identify('cust_1')` }, visitor)
  expect((await becomes(page, 'hung')).held).toBe(1)
  expect(problems).toEqual([])
})

describe('which one is used', () => {
  test('with cioanalytics on the page, that; nothing else is loaded', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const requests: string[] = []
    visitor.on('request', request => requests.push(request.url()))
    const setup = `${AUTO} bridge.identify('cust_1'); bridge.track('bought')`
    const { page } = await stage.open(store, { customerio: true, setup }, visitor)
    await settled(page, store)
    expect(await page.evaluate(() => window.bridge.status().vendors.customerio.api)).toBe('cioanalytics')
    expect(store.customerio.view().calls.filter(({ type }) => type === 'identify')).toHaveLength(1)
    const files = requests.flatMap(address => address.split('/chunks/')[1] ?? [])
    expect(files.sort()).toEqual(['delivery.js', 'find-customerio.js', 'find-fullstory.js'])
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('_cioid')
  })

  test.each(['_cio', 'stub'])('given to createBridge: %s', async given => {
    const store = stage.store()
    const setup = `window.bridge = createBridge({ flags: plan, customerio: ${given} }); bridge.identify('cust_1')`
    const before = given === 'stub' ? 'window.stub = _cio' : ''
    const visitor = await stage.visitor()
    const release = await holdScript(visitor)
    if (given === '_cio') release()
    const { page, problems } = await stage.open(
      store,
      { before, setup: given === '_cio' ? `${UNTIL} await until(() => _cio.reset); ${setup}` : setup },
      visitor,
    )
    release()
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('cust_1'))
    expect(problems).toEqual([])
  })

  test.each(['granted', 'pending'])(
    'given to createBridge: the stub of cioanalytics, consent %s',
    async consent => {
      const store = stage.store()
      const setup = `window.bridge = createBridge({ flags: plan, customerio: cioanalytics, consent: '${consent}' })
      ${UNTIL} until(() => cioanalytics.initialized).then(() => { bridge.setConsent('granted'); bridge.identify('cust_1') })`
      const { page } = await stage.open(store, { customerio: true, setup })
      await eventually(
        () => store.customerio.person('cust_1')?.identifyCalls,
        calls => calls === 1,
        'cust_1',
      )
      expect(await page.evaluate(() => window.bridge.status().vendors.customerio)).toMatchObject({
        api: 'cioanalytics',
        id: 'cust_1',
      })
    },
  )

  test('a snippet that is inserted later', async () => {
    const store = stage.store()
    const setup = `${AUTO} bridge.identify('cust_1')`
    const { page } = await openPage(await stage.visitor(), store.url({ customerio: false, setup }))
    const { origin } = stage.sandbox
    await page.addScriptTag({ content: classicSnippet({ origin, workspace: store.id }) })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('cust_1'))
    expect(violations(store)).toEqual([])
  })

  test('a snippet that is inserted after the time limit is found by the next call', async () => {
    const store = stage.store()
    const setup = 'window.bridge = createBridge({ flags: plan, timeout: 100 })'
    const { page } = await openPage(await stage.visitor(), store.url({ customerio: false, setup }))
    await becomes(page, 'missing')
    const { origin } = stage.sandbox
    await page.addScriptTag({ content: classicSnippet({ origin, workspace: store.id }) })
    await page.waitForFunction(() => Object(window)._cio.reset)
    await page.evaluate(() => window.bridge.track('late'))
    await arrives(store, 'late')
    await becomes(page, 'ready')
  })

  test('with Gist beside it: both have the id, and only the snippet has the events', async () => {
    const store = stage.store()
    const { origin } = stage.sandbox
    const before = gistSnippet({ origin, workspace: store.id })
    const setup = `${UNTIL} await until(() => _cio.reset && window.Gist?.initialized); window.bridge = createBridge({
      flags: plan, customerio: { analytics: _cio, gist: Gist } }); bridge.identify('cust_1'); bridge.track('bought')`
    const { page, problems } = await stage.open(store, { before, setup })
    await settled(page, store)
    const token = () =>
      page.evaluate(() => JSON.parse(localStorage.getItem('gist.web.userToken') ?? '{}').value ?? null)
    expect(await token()).toBe('cust_1')
    expect(await ids(page)).toEqual(allAre('cust_1'))
    expect(names(store.customerio.person('cust_1')?.events)).toEqual(['bought'])
    await page.evaluate(() => window.bridge.logout())
    await settled(page, store)
    expect(await token()).toBeNull()
    expect(await ids(page)).toEqual(allAre(null))
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })
})
