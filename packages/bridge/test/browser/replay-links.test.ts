import { afterAll, beforeAll, expect, test } from 'vitest'
import { CREATE, openBesideVendors, visit } from './identity-stage.ts'
import {
  eventually,
  holdScripts,
  openPage,
  openStage,
  type PageChoice,
  type Stage,
  type Store,
} from './stage.ts'

/** The link to FullStory on events of Customer.io's: to the session of the person, at the moment of the event. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** What Customer.io holds of an event, as soon as it does. */
const told = async (store: Store, event: string) => {
  const [call] = await eventually(
    () => store.customerio.view().calls.filter(({ name }) => name === event),
    calls => calls.length > 0,
    `no ${event}`,
  )
  return { userId: call?.userId, url: call?.data.fullstory_session_url as string | undefined }
}

/** The uid of the session that a link leads to, and how far into it, in milliseconds. */
const follow = (store: Store, url = '') => {
  const [user, session, moment] = decodeURIComponent(url).split('/').at(-1)?.split(':') ?? []
  const found = store.fullstory.view().sessions.find(({ id }) => id === `${user}:${session}`)
  return found && { uid: found.uid, at: Number(moment) - found.startedAt }
}

const leadsTo = (store: Store, url: string | undefined, uid: string) =>
  eventually(
    () => follow(store, url),
    link => link?.uid === uid,
    `not to a session of ${uid}`,
  )

/** An event waits a second for its link, by this clock: how long a busy machine needs is not the question. */
const PATIENT = 'const { now } = performance; performance.now = () => now.call(performance) / 20'

const open = async (choice?: PageChoice) => visit(await stage.visitor(), stage.store(), choice)

test('a failed payment leads to its moment in the session; FullStory has no link to itself', async () => {
  const { store, act, settle, problems } = await open()
  await act(bridge => bridge.identify('A'))
  await settle()
  await act(bridge => bridge.track('payment_failed', { decline: 'card' }))
  const { userId, url } = await told(store, 'payment_failed')
  expect(userId).toBe('A')
  const [session] = await eventually(
    () => store.fullstory.view().sessions,
    ([seen]) => seen?.events.some(({ name }) => name === 'payment_failed') === true,
    'not at FullStory',
  )
  const event = session?.events.find(({ name }) => name === 'payment_failed')
  const link = follow(store, url)
  expect(link).toMatchObject({ uid: 'A' })
  expect(Math.abs((link?.at ?? 0) + (session?.startedAt ?? 0) - (event?.at ?? 0))).toBeLessThan(1000)
  expect(event?.properties).toEqual({ decline: 'card' })
  expect(problems).toEqual([])
})

test.each([
  ['at once', `bridge.identify('B'); bridge.track('payment_failed')`],
  [
    'before and after',
    `bridge.track('checkout_abandoned'); bridge.identify('B'); bridge.track('payment_failed')`,
  ],
])('after a change of person, the link is to the next session: %s (NO-LEAK)', async (_, acts) => {
  const { store, act, settle } = await open({ setup: CREATE, before: PATIENT })
  await act(bridge => bridge.identify('A'))
  await settle()
  await act(`bridge => { ${acts} }`)
  const { userId, url } = await told(store, 'payment_failed')
  expect(userId).toBe('B')
  await settle()
  expect(follow(store, url)?.uid).toBe('B')
  if (!acts.includes('abandoned')) return
  const earlier = await told(store, 'checkout_abandoned')
  expect(earlier.userId).toBe('A')
  expect([undefined, 'A']).toContain(follow(store, earlier.url)?.uid)
})

test('a logout and the next login, and a session that ended while nobody did anything', async () => {
  const { store, act, settle, page } = await open({ setup: CREATE, before: PATIENT })
  await act(bridge => bridge.identify('A'))
  await settle()
  await act(bridge => {
    bridge.logout()
    bridge.track('payment_failed')
  })
  const first = await told(store, 'payment_failed')
  await settle()
  expect([first.userId, follow(store, first.url)?.uid]).toEqual([null, null])
  await page.evaluate(() => {
    window.FS('shutdown')
    window.bridge.track('checkout_abandoned')
    window.FS('restart')
  })
  const { url } = await told(store, 'checkout_abandoned')
  await settle()
  const last = store.fullstory.view().sessions.at(-1)
  expect(decodeURIComponent(url ?? '')).toContain(`/${last?.id}:`)
})

test('what is said before FullStory is there waits for it', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const release = await holdScripts(visitor, ['**/fs.js*'])
  const { page } = await openPage(
    visitor,
    store.url({ setup: `${CREATE}; bridge.identify('A')`, before: PATIENT }),
  )
  await page.waitForFunction(() => window.bridge.status().vendors.customerio.delivered > 0)
  await page.evaluate(() => window.bridge.track('payment_failed'))
  await release()
  const { url } = await told(store, 'payment_failed')
  await leadsTo(store, url, 'A')
})

test.each(['blocked', 'hang'] as const)(
  'without FullStory the event goes without a link: %s (HARMLESS)',
  async fault => {
    const store = stage.store()
    store.faults.fullstoryScript = fault
    const { page, problems } = await openPage(
      await stage.visitor(),
      store.url({ setup: `${CREATE}; bridge.identify('A'); bridge.track('payment_failed')` }),
    )
    expect(await told(store, 'payment_failed')).toEqual({ userId: 'A', url: undefined })
    expect(await page.evaluate(() => window.bridge.status().vendors.fullstory.delivered)).toBe(0)
    expect(problems).toEqual([])
  },
)

test('a visitor who did not agree to FullStory has no link at Customer.io (CONSENT)', async () => {
  const store = stage.store()
  const setup = `window.bridge = createBridge({ flags: plan, consent: { customerio: 'granted', fullstory: 'denied' } })
    bridge.track('payment_failed')`
  await openBesideVendors(await stage.visitor(), store.url({ setup }))
  expect(await told(store, 'payment_failed')).toMatchObject({ url: undefined })
})

test('V1 of the snippet has links, too', async () => {
  const { store, act } = await open({ fullstory: '1.3' })
  await act(bridge => {
    bridge.identify('A')
    bridge.track('payment_failed')
  })
  const { url } = await told(store, 'payment_failed')
  await leadsTo(store, url, 'A')
})

test('either tool finds the other: the anonymous id in FullStory, the session in Customer.io', async () => {
  const store = stage.store()
  store.fullstory.declare(['cio_anonymous_id'])
  const setup = `import('/dist/replay/index.js').then(({ anonymousIdFlag, replayTrait }) => {
    window.bridge = createBridge({ flags: { cio_anonymous_id: { type: 'str' } } })
    anonymousIdFlag(bridge, 'cio_anonymous_id')
    replayTrait(bridge)
    bridge.identify('A')
  })`
  const { page } = await openPage(await stage.visitor(), store.url({ setup }))
  const [person] = await eventually(
    () => store.customerio.view().people,
    ([seen]) => !!seen?.attributes.fullstory_session_url,
    'no trait',
  )
  const url = decodeURIComponent(String(person?.attributes.fullstory_session_url?.value))
  const anonymousId = await page.evaluate(() => window.cioanalytics.user().anonymousId())
  const [session] = await eventually(
    () => store.fullstory.sessionsWhere('cio_anonymous_id', String(anonymousId)),
    ([seen]) => seen?.uid === 'A',
    'not found by the anonymous id',
  )
  expect(url.split('/').at(-1)).toBe(session?.id)
  expect(store.fullstory.view().violations).toEqual([])
})
