import type { BrowserContext, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { holdings } from './identity-stage.ts'
import { openPage, openStage, type PageChoice, type Store } from './stage.ts'

/** A page whose bridge takes flags from the inbox. */
export const LISTENS = `window.bridge = createBridge({ flags: plan })
  const { inboxFlags } = await import('/dist/inbox/index.js')
  window.stopInbox = inboxFlags(bridge, { flags: plan });`

export type Message = Partial<Parameters<Store['customerio']['pushInbox']>[0]>

/** The stage, with what the tests of the inbox need of it. */
export const openInboxStage = async () => {
  const stage = await openStage()
  return {
    ...stage,
    /** Opens a page, by custom as `ada`; `push` sends a message to her, once it is `live`. */
    open: async ({ store = stage.store(), visitor, ...choice }: Choice = {}) => {
      const context = visitor ?? (await stage.visitor())
      const live = context.waitForEvent('page').then(becomesLive)
      // Not every test waits for it, and the browser may be closed before.
      live.catch(() => {})
      const opened = await openPage(
        context,
        store.url({ setup: `${LISTENS} bridge.identify('ada')`, ...choice }),
      )
      return { ...opened, live, context, store, push: (message: Message) => push(store, message) }
    },
  }
}

interface Choice extends PageChoice {
  store?: Store
  visitor?: BrowserContext
}

/** Sends flags, by custom to `ada`; returns the name of the message. */
export const push = (store: Store, message: Message): string =>
  store.customerio.pushInbox({ to: 'ada', topic: 'retention_flags', properties: {}, ...message })

export const isStream = (request: Request): boolean => request.url().includes('/api/v3/sse')

/**
 * Resolves when a page has a new live connection, and the list for which the SDK asks once more when it has: that
 * answer undoes a push that comes between the two.
 */
export const becomesLive = (page: Page) =>
  new Promise<void>((resolve, reject) => {
    let streaming = false
    page.on('response', response => {
      streaming ||= isStream(response.request())
    })
    page.on('request', request => {
      if (!streaming || !request.url().includes('/api/v4/users')) return
      const answered = request.response().then(response => response?.finished())
      // What has come the SDK parses and makes a digest of before it keeps it.
      const known = answered.then(() =>
        page.evaluate(async () => {
          for (let times = 0; times < 2; times++) await crypto.subtle.digest('SHA-256', new Uint8Array(1))
          await new Promise<void>(done => setTimeout(done))
        }),
      )
      known.then(resolve, reject)
    })
  })

/** Waits until the page's SDK has a message. */
export const received = (page: Page, queueId: string) =>
  page.waitForFunction(id => Object.values(localStorage).some(text => text.includes(id)), queueId)

/** User properties that FullStory has of a person, by their uid. */
export const flagsOf = (store: Store, person: string | null): Record<string, unknown> =>
  holdings(store)
    .sessions.filter(({ uid }) => uid === person)
    .at(-1)?.flags ?? {}

/** FullStory comes to have these user properties of a person, and no others. */
export const expectFlags = (store: Store, person: string | null, flags: Record<string, unknown>) =>
  expect.poll(() => flagsOf(store, person)).toEqual(flags)

/** What the server knows of a message. */
export const messageOf = (store: Store, queueId: string) =>
  store.customerio.view().inbox.find(message => message.queueId === queueId)

/** The server comes to know that a message was opened. */
export const expectOpened = (store: Store, queueId: string) =>
  expect.poll(() => messageOf(store, queueId)?.opened).toBe(true)

/** Who Customer.io's in-app messages are for, on a page. */
export const tokenOf = (page: Page): Promise<unknown> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('gist.web.userToken') ?? '{}').value ?? null)
