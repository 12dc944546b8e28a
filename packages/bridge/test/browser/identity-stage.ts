import type { Workspace } from '@retention-bridge/sandbox'
import type { BrowserContext } from 'playwright-core'
import { expect } from 'vitest'
import type { Bridge } from '../../src/index.ts'
import {
  arrived,
  eventually,
  names,
  namesAs,
  newMarker,
  openPage,
  type PageChoice,
  type Store,
} from './stage.ts'

/** The bridge as a test's page sees it: flags are checked by the library here, not by the compiler. */
export type AnyBridge = Bridge<Record<string, { type: 'str' }>>

export type OpenedPage = Awaited<ReturnType<typeof visit>>

/** What Customer.io holds of the person most tests are about. */
export const ADA = { email: 'ada@example.com' }

/** Runs in the page: its visitor is known as `A`. */
export const KNOW_ADA = (bridge: AnyBridge) => bridge.identify('A', { traits: { email: 'ada@example.com' } })

export const CREATE = 'window.bridge = createBridge({ flags: plan })'

/** Opens a page whose bridge has found both vendors. */
export const visit = async (visitor: BrowserContext, store: Store, choice: PageChoice = {}) =>
  visitAt(visitor, store, store.url({ setup: CREATE, ...choice }))

/** As {@link visit}, at an address that was made before. */
export const visitAt = async (visitor: BrowserContext, store: Store, url: string) => {
  const opened = await openPage(visitor, url)
  const { page } = opened
  await page.waitForFunction(() =>
    Object.values(window.bridge.status().vendors).every(({ state }) => state === 'ready'),
  )
  return {
    ...opened,
    store,
    /** Runs in the page. */
    act: <Result = unknown>(run: ((bridge: AnyBridge) => Result) | string) =>
      page.evaluate(`(${run})(window.bridge)`) as Promise<Awaited<Result>>,
    settle: () => settle(opened.page, store),
    answers: () => answers(opened.page),
  }
}

/** Opens a page on which the vendors' own scripts take calls, whatever its bridge does; `chunks` are what that loads. */
export const openBesideVendors = async (visitor: BrowserContext, url: string) => {
  const chunks: string[] = []
  visitor.on('request', request => {
    const [, chunk] = request.url().split('/chunks/')
    if (chunk) chunks.push(chunk)
  })
  const opened = await openPage(visitor, url)
  await opened.page.waitForFunction(
    () => 'initialized' in window.cioanalytics && window.FS('getSession', { format: 'id' }),
  )
  return { ...opened, chunks }
}

type Opened = Awaited<ReturnType<typeof openPage>>

/**
 * Waits until both collectors have what this page has said so far. The marker does not go through the bridge, so
 * that it also ends the wait for calls that the bridge must not make.
 */
export const settle = async (page: Opened['page'], store: Workspace): Promise<void> => {
  const marker = newMarker()
  // Between the sessions of two persons FullStory waits for an answer, and the bridge with what it has for it.
  await eventually(
    () => page.evaluate(() => window.bridge.status?.().vendors.fullstory),
    fullstory => fullstory?.state !== 'paused' || !fullstory.held,
    'FullStory does not begin again',
  )
  const captures = await page.evaluate(async name => {
    await window.bridge.flush({ timeout: 30_000 })
    window.cioanalytics.track(name)
    window.FS('trackEvent', { name, properties: {} })
    // Shut down for want of consent, it keeps the marker to itself.
    const consent = window.bridge.status?.().vendors.fullstory.consent
    return consent === 'granted' || !!window.FS('getSession', { format: 'id' })
  }, marker)
  await arrived(page, store, marker, captures)
}

/** Who the visitor is, by everybody's own account: SDKs, in-app messages, cookie, bridge. */
export const answers = (page: Opened['page']) =>
  page.evaluate(() => {
    const token = JSON.parse(localStorage.getItem('gist.web.userToken') ?? 'null')
    return {
      customerio: window.cioanalytics.user().id() ?? null,
      cookie: document.cookie.match(/ajs_user_id=([^;]*)/)?.[1] ?? null,
      inApp: (token?.value ?? null) as string | null,
      // Shut down for want of consent, it answers nothing.
      fullstory: (window.FS('getConfig')?.user?.uid ?? null) as string | null,
      bridge: window.bridge.status().identity.id,
    }
  })

/** What {@link answers} has to be. */
export const everywhere = (id: string | null) => ({
  customerio: id,
  cookie: id,
  inApp: id,
  fullstory: id,
  bridge: id,
})

/** ONE-ID, at rest. */
export const expectId = (opened: { answers: OpenedPage['answers'] }, id: string | null) =>
  expect.poll(opened.answers).toEqual(everywhere(id))

export interface Person {
  traits?: Record<string, unknown>
  events?: string[]
  identifies?: number
  /** How many browsers' anonymous activity is this person's. */
  anonymousIds?: number
}

export interface Session {
  uid?: string | null
  events?: string[]
  /** User properties of the session's person, flags and others. */
  flags?: Record<string, unknown>
  /** A number, or a matcher of one. */
  identifies?: unknown
}

export interface Holdings {
  people?: Record<string, Person>
  /** Events of each of Customer.io's anonymous visitors. */
  visitors?: string[][]
  sessions?: Session[]
}

/**
 * Everything that both vendors hold of everybody, without the markers of {@link settle}; what may be in any order as
 * `expected`.
 */
export const holdings = (store: Workspace, expected: Holdings = {}) => {
  const { users, sessions, violations } = store.fullstory.view()
  const customerio = store.customerio.view()
  return {
    people: Object.fromEntries(
      customerio.people.map(({ id, email, attributes, events, identifyCalls, anonymousIds }) => [
        id ?? email,
        {
          traits: Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
          events: namesAs(expected.people?.[String(id ?? email)]?.events ?? [], events),
          identifies: identifyCalls,
          anonymousIds: anonymousIds.length,
        },
      ]),
    ),
    visitors: customerio.anonymous
      .map(({ events }) => namesAs(expected.visitors?.flat() ?? [], events))
      .filter(([first]) => first),
    sessions: sessions.map(({ userId, uid, events, identifyCalls }) => {
      const { properties = {}, email } = users.find(({ id }) => id === userId) ?? {}
      const flags = Object.entries(properties).map(([name, { value }]) => [name, value])
      if (email !== undefined) flags.push(['email', email])
      return { uid, events: names(events), flags: Object.fromEntries(flags), identifies: identifyCalls }
    }),
    violations: [...violations, ...customerio.violations],
  }
}

/** Both vendors hold this of everybody and nothing else; sessions in the order in which they began. */
export const expectHoldings = (store: Workspace, expected: Holdings) =>
  expect
    .poll(() => holdings(store, expected))
    .toEqual({
      people: Object.fromEntries(
        Object.entries(expected.people ?? {}).map(([id, person]) => [
          id,
          { traits: {}, events: [], identifies: 1, anonymousIds: 1, ...person },
        ]),
      ),
      visitors: expected.visitors ?? [],
      sessions: (expected.sessions ?? []).map(session => ({
        uid: null,
        events: [],
        flags: {},
        identifies: session.uid ? 1 : 0,
        ...session,
      })),
      violations: [],
    })

/** What the page's own code uses of the SDK. */
interface Cioanalytics {
  user(): { id(): string | null | undefined; anonymousId(): string | null }
  identify(id: string, traits?: object): Promise<unknown>
  track(name: string): Promise<unknown>
  reset(): unknown
}

declare global {
  interface Window {
    cioanalytics: Cioanalytics
  }
}
