import { classicSnippet, gistSnippet } from '@retention-bridge/sandbox'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  eventually,
  names,
  openPage,
  openStage,
  type PageChoice,
  type Stage,
  type Store,
  settled,
  type Way,
} from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

const AUTO = 'window.bridge = createBridge({ flags: plan, timeout: 1500 });'

const url = (store: Store, { before = '', setup = AUTO, ...choice }: PageChoice = {}) => {
  const snippet = classicSnippet({ origin: stage.sandbox.origin, workspace: store.id, autoTrackPage: false })
  return store.url({ customerio: false, before: snippet + before, setup, ...choice })
}

const open = async (store: Store, choice?: PageChoice, visitor?: BrowserContext) =>
  openPage(visitor ?? (await stage.visitor()), url(store, choice))

/** For scripts of a page: waits until something is there. */
const UNTIL =
  'const until = async there => { while (!there()) await new Promise(resolve => setTimeout(resolve, 5)) };'

/** Reads ONE-ID back: the SDK's cookie, FullStory's own answer and what the bridge says. */
const ids = async (page: Page) => {
  const cookies = await page.context().cookies()
  const status = await page.evaluate(() => window.bridge.status())
  return {
    cookie: cookies.find(({ name }) => name === '_cioid')?.value ?? null,
    fullstory: await page.evaluate(() => window.FS('getConfig').user?.uid ?? null),
    status: [status.identity.id, status.vendors.customerio.id, status.vendors.fullstory.id],
  }
}
const allAre = (id: string | null) => ({ cookie: id, fullstory: id, status: [id, id, id] })

const becomes = (page: Page, state: string) =>
  eventually(
    () => page.evaluate(() => window.bridge.status().vendors.customerio),
    status => status.state === state,
    `Customer.io becomes ${state}`,
  )
const arrives = (store: Store, event: string) =>
  eventually(
    () => names(store.customerio.view().calls.map(({ name }) => ({ name: name ?? '' }))),
    events => events.includes(event),
    `${event} arrives`,
  )
const violations = (store: Store) => [...store.fullstory.violations, ...store.customerio.violations]

/** Keeps the snippet's script from this visitor until the returned function is called. */
const holdScript = async (visitor: BrowserContext) => {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await visitor.route('**/track.js', async route => {
    await held
    await route.continue()
  })
  return release
}

describe.each<Way>(['esm', 'script tag'])('%s', way => {
  test('ORDER: calls made before the script has loaded arrive in order, each with its person', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const release = await holdScript(visitor)
    const setup = `${AUTO}
      bridge.identify('A', { traits: { email: 'a@example.com' } }); bridge.track('one'); bridge.logout()
      bridge.track('between'); bridge.identify('B'); bridge.track('two')`
    const { page, problems } = await open(store, { way, setup }, visitor)
    const before = await page.evaluate(() => window.bridge.status().vendors.customerio)
    expect(before).toMatchObject({ state: 'waiting', held: 6 })
    expect(await page.evaluate(() => Object(window)._cio.length)).toBe(0)
    release()
    await settled(page, store)

    expect(store.customerio.person('A')).toMatchObject({ email: 'a@example.com', identifyCalls: 1 })
    expect(names(store.customerio.person('A')?.events)).toEqual(['one'])
    // What happens between two people belongs to the one who comes.
    expect(names(store.customerio.person('B')?.events)).toEqual(['between', 'two'])
    expect(await ids(page)).toEqual(allAre('B'))
    const { api } = await becomes(page, 'ready')
    expect(api).toBe('classic')
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })

  test('STITCH, ONCE, NO-LEAK: browse, log in, next page, switch, log out', async () => {
    const store = stage.store()
    const { page, problems } = await open(store, { way })
    await page.evaluate(() => window.bridge.track('browsed'))
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))
    const { anonymousId } = await page.evaluate(() => window.bridge.status().vendors.customerio)
    expect(store.customerio.view().anonymous).toMatchObject([{ anonymousId }])

    const result = await page.evaluate(() =>
      window.bridge.identify('ada', { traits: { first_name: 'Ada', email: 'ada@example.com' } }),
    )
    expect(result).toMatchObject({ outcome: 'stitched', id: 'ada', anonymousId })
    await page.evaluate(() => window.bridge.track('bought', { price: 12.5 }))
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('ada'))

    await page.goto(url(store, { way }))
    await page.waitForFunction(() => window.loaded)
    await page.evaluate(() => {
      window.bridge.identify('ada', { traits: { email: 'ada@example.com' } })
      window.bridge.track('came_back')
    })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('ada'))
    expect(store.customerio.person('ada')).toMatchObject({
      email: 'ada@example.com',
      attributes: { first_name: { value: 'Ada' } },
      anonymousIds: [anonymousId],
      identifyCalls: 1,
    })

    await page.evaluate(() => {
      window.bridge.identify('bob', { traits: { first_name: 'Bob' } })
      window.bridge.track('bobs')
    })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('bob'))
    await page.evaluate(() => {
      window.bridge.logout()
      window.bridge.track('nobodys')
    })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))

    const { people, anonymous } = store.customerio.view()
    expect(people.map(({ id, events }) => [id, names(events)])).toEqual([
      ['ada', ['browsed', 'bought', 'came_back']],
      ['bob', ['bobs']],
    ])
    expect(store.customerio.person('bob')?.attributes).toEqual({
      first_name: { value: 'Bob', at: expect.any(Number) },
    })
    expect(anonymous.map(({ events }) => names(events))).toEqual([['nobodys']])
    const sessions = store.fullstory.view().sessions.map(({ uid, events }) => [uid, names(events)])
    expect(sessions).toEqual([
      ['ada', ['browsed', 'bought', 'came_back']],
      ['bob', ['bobs']],
      [null, ['nobodys']],
    ])
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })
})

describe('what becomes of the script', () => {
  const setup = `${AUTO} bridge.identify('cust_1'); bridge.track('early')`

  test.each([
    ['blocked', 'blocked'],
    [500, 'blocked'],
    ['hang', 'hung'],
  ] as const)('%s: %s, and FullStory has everything', async (fault, state) => {
    const store = stage.store()
    store.faults.customerioScript = fault
    const { page, problems } = await open(store, { setup })
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
    const { page, problems } = await open(store, { setup }, visitor)
    await becomes(page, 'hung')
    release()
    await becomes(page, 'ready')
    await arrives(store, 'early')
    expect(names(store.customerio.person('cust_1')?.events)).toEqual(['early'])
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })

  test('the library’s own file cannot be loaded: blocked, with the reason', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    await visitor.route('**/chunks/**', route => route.abort())
    const { page, problems } = await open(store, { setup }, visitor)
    const { reason, held } = await becomes(page, 'blocked')
    expect(reason).toMatch(/dynamically imported module/)
    expect(held).toBe(2)
    expect(problems).toEqual([])
  })
})

test('the library’s own file does not come: hung', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  await visitor.route('**/chunks/**', () => {})
  const { page, problems } = await open(store, { setup: `${AUTO} bridge.identify('cust_1')` }, visitor)
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
    const { page } = await open(store, { customerio: true, setup }, visitor)
    await settled(page, store)
    expect(await page.evaluate(() => window.bridge.status().vendors.customerio.api)).toBe('cioanalytics')
    expect(store.customerio.view().calls.filter(({ type }) => type === 'identify')).toHaveLength(1)
    expect(requests.filter(address => address.includes('/chunks/'))).toEqual([])
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('_cioid')
  })

  test.each(['_cio', 'stub'])('given to createBridge: %s', async given => {
    const store = stage.store()
    const setup = `window.bridge = createBridge({ flags: plan, customerio: ${given} }); bridge.identify('cust_1')`
    const before = given === 'stub' ? 'window.stub = _cio' : ''
    const visitor = await stage.visitor()
    const release = await holdScript(visitor)
    if (given === '_cio') release()
    const { page, problems } = await open(
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
      const { page } = await open(store, { customerio: true, setup })
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
    const { page, problems } = await open(store, { before, setup })
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
