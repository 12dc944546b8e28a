import { type GistSnippetOptions, gistSnippet } from '@retention-bridge/sandbox'
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
  type Way,
} from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

const AUTO = 'window.bridge = createBridge({ flags: plan, timeout: 1500 });'
/** Waits for Gist, and writes down from then on what it is told about the user. */
const WATCHED = `
  while (!window.Gist?.initialized) await new Promise(resolve => setTimeout(resolve, 5))
  window.told = []
  for (const method of ['setUserToken', 'clearUserToken']) {
    const own = Gist[method]
    Gist[method] = function (...given) { told.push([method, ...given]); return own.apply(this, given) }
  }`

interface Choice extends PageChoice {
  gist?: Partial<GistSnippetOptions>
}

const url = (store: Store, { gist, setup = AUTO, ...choice }: Choice = {}) => {
  const before = gistSnippet({ origin: stage.sandbox.origin, workspace: store.id, ...gist })
  return store.url({ customerio: false, before, setup, ...choice })
}
const open = async (store: Store, choice?: Choice, visitor?: BrowserContext) =>
  openPage(visitor ?? (await stage.visitor()), url(store, choice))

const stored = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(key => JSON.parse(localStorage.getItem(key) ?? '{}').value ?? null, `gist.web.${name}`)
const told = (page: Page): Promise<unknown[]> =>
  page.evaluate(() => (window as unknown as { told: unknown[] }).told)

/** Reads ONE-ID back: Gist's own storage, FullStory's own answer and what the bridge says. */
const ids = async (page: Page) => {
  const status = await page.evaluate(() => window.bridge.status())
  return {
    token: await stored(page, 'userToken'),
    fullstory: await page.evaluate(() => window.FS('getConfig').user?.uid ?? null),
    status: [status.identity.id, status.vendors.customerio.id, status.vendors.fullstory.id],
  }
}
const allAre = (id: string | null) => ({ token: id, fullstory: id, status: [id, id, id] })

const becomes = (page: Page, state: string) =>
  eventually(
    () => page.evaluate(() => window.bridge.status().vendors.customerio),
    status => status.state === state,
    `Customer.io becomes ${state}`,
  )

/** Waits until Gist was told all, and FullStory's collector has it, too. Events do not reach Customer.io here. */
const settled = async (page: Page, store: Store) => {
  await becomes(page, 'ready')
  const marker = `settled_${Math.random().toString(36).slice(2)}`
  await page.evaluate(name => {
    window.bridge.flush().then(() => window.bridge.track(name))
  }, marker)
  await eventually(
    () => store.fullstory.view().sessions.flatMap(({ events }) => events.map(({ name }) => name)),
    seen => seen.includes(marker),
    'all has arrived',
  )
}
const violations = (store: Store) => [...store.fullstory.violations, ...store.customerio.violations]

/** The messages that Gist shows on a page, once there are some. */
const inboxOf = (page: Page) =>
  eventually(
    () =>
      page.evaluate(async () => {
        const messages: { properties: object }[] = await Object(window).Gist.getInboxMessages()
        return messages.map(({ properties }) => properties)
      }),
    messages => messages.length > 0,
    'a message',
  )

describe.each<Way>(['esm', 'script tag'])('%s', way => {
  test('ONE-ID, NO-LEAK: browse, log in, switch, log out', async () => {
    const store = stage.store()
    for (const of of ['ada', 'bob']) store.customerio.pushInbox({ to: of, properties: { of } })
    const { page, problems } = await open(store, { way })
    await page.evaluate(() => window.bridge.track('browsed'))
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))

    for (const id of ['ada', 'bob']) {
      await page.evaluate(id => {
        window.bridge.identify(id, { traits: { first_name: id }, flags: { vip_tier: 'gold' } as object })
        window.bridge.track(`of_${id}`)
      }, id)
      await settled(page, store)
      expect(await ids(page)).toEqual(allAre(id))
      expect(await inboxOf(page)).toEqual([{ of: id }])
    }
    await page.evaluate(() => window.bridge.logout())
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))

    expect((await becomes(page, 'ready')).api).toBe('gist')
    const sessions = store.fullstory.view().sessions.map(({ uid, events }) => [uid, names(events)])
    expect(sessions).toEqual([
      ['ada', ['browsed', 'of_ada']],
      ['bob', ['of_bob']],
      [null, []],
    ])
    // Gist carries who it is, and nothing else.
    expect(store.customerio.view()).toMatchObject({ people: [], anonymous: [], calls: [] })
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })
})

test('ORDER: calls made before Gist is there are told in order', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await visitor.route('**/gist.min.js', async route => {
    await held
    await route.continue()
  })
  const setup = `${AUTO} bridge.identify('A'); bridge.logout(); bridge.identify('B'); ${WATCHED}`
  const { page, problems } = await openPage(
    visitor,
    url(store, { setup: `(async () => { ${setup} })()`, gist: { setup: false } }),
  )
  await page.evaluate(() => window.bridge.status())
  release()
  await page.waitForFunction(() => 'Gist' in window)
  expect((await page.evaluate(() => window.bridge.status().vendors.customerio)).held).toBe(3)
  await page.evaluate(siteId => Object(window).Gist.setup({ siteId, env: 'local' }), store.id)
  await settled(page, store)
  expect(await ids(page)).toEqual(allAre('B'))
  expect(problems).toEqual([])
})

test('ONCE: the same person on the next page is not told again; what they left is', async () => {
  const store = stage.store()
  const setup = `${WATCHED}; ${AUTO} bridge.identify('ada')`
  const { page } = await open(store, { setup })
  await settled(page, store)
  expect(await told(page)).toEqual([['setUserToken', 'ada']])
  await page.goto(url(store, { setup }))
  await page.waitForFunction(() => window.loaded)
  await settled(page, store)
  expect(await told(page)).toEqual([])
  expect(await ids(page)).toEqual(allAre('ada'))
  await page.evaluate(() => window.bridge.logout())
  await settled(page, store)
  expect(await told(page)).toEqual([['clearUserToken']])
})

test('a guest session counts as anonymous, before a person and after', async () => {
  const store = stage.store()
  const { page } = await open(store, { gist: { useAnonymousSession: true } })
  await settled(page, store)
  const guest = await stored(page, 'userToken')
  expect(guest).toMatch(/^[\da-f-]{36}$/)
  expect(await ids(page)).toEqual({ ...allAre(null), token: guest })
  await page.evaluate(() => window.bridge.identify('ada'))
  await settled(page, store)
  expect(await ids(page)).toEqual(allAre('ada'))
  await page.evaluate(() => window.bridge.logout())
  await settled(page, store)
  // Gist goes on with the same guest.
  expect(await ids(page)).toEqual({ ...allAre(null), token: guest })
})

describe('what becomes of Gist', () => {
  const setup = `${AUTO} bridge.identify('ada')`

  test.each(['blocked', 500] as const)('its script is %s: nothing of it is on the page', async fault => {
    const store = stage.store()
    store.faults.customerioScript = fault
    const { page } = await open(store, { setup })
    expect((await becomes(page, 'missing')).held).toBe(1)
  })

  test('never set up: hung; set up after all: told at the next call', async () => {
    const store = stage.store()
    const { page, problems } = await open(store, { setup, gist: { setup: false } })
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
    const wait = `while (!${embedOnly}) await new Promise(resolve => setTimeout(resolve, 5))`
    const { page } = await open(store, { setup: `${wait}; ${setup}`, gist: { setup: false } })
    expect((await becomes(page, 'disabled')).reason).toBe('embedOnly')
    expect(await stored(page, 'userToken')).toBeNull()
  })

  test('the library’s own file cannot be loaded: blocked, with the reason', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    await visitor.route('**/chunks/**', route => route.abort())
    const { page, problems } = await open(store, { setup }, visitor)
    expect((await becomes(page, 'blocked')).reason).toMatch(/dynamically imported module/)
    expect(problems).toEqual([])
  })
})

describe('given to createBridge', () => {
  test('Gist itself', async () => {
    const store = stage.store()
    const setup = `${WATCHED}; const own = Gist; delete window.Gist
      window.bridge = createBridge({ flags: plan, customerio: own }); bridge.identify('ada')`
    const { page } = await open(store, { setup })
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
    const { page, problems } = await open(store, { setup, customerio: true })
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
    const setup = `
      const there = async what => { while (!what()) await new Promise(resolve => setTimeout(resolve, 5)) }
      await there(() => window.Gist && cioanalytics.initialized)
      window.bridge = createBridge({ flags: plan, customerio: { analytics: cioanalytics, gist: Gist } })
      bridge.identify('ada')`
    const { page, problems } = await open(store, { setup, customerio: true, gist: { setup: false } })
    // The library's own file is there by now, and has looked.
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => window.bridge.status().vendors.customerio)).toMatchObject({
      state: 'waiting',
      held: 1,
    })
    await page.evaluate(siteId => Object(window).Gist.setup({ siteId, env: 'local' }), store.id)
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
    const setup = `while (!window.Gist) await new Promise(resolve => setTimeout(resolve, 5)); window.bridge =
      createBridge({ flags: plan, timeout: 300, customerio: { analytics: cioanalytics, gist: Gist } })
      bridge.identify('ada')`
    const { page, problems } = await open(store, { setup, customerio: true, gist: { setup: false } })
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
