import { can, type GistSnippetOptions, gistSnippet } from '@retention-bridge/sandbox'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { becomesLive } from './inbox-stage.ts'
import { openPage, openStage, type PageChoice, type Store } from './stage.ts'

/** A page whose bridge turns in-app messages into events. */
export const EVENTS = `window.bridge = createBridge({ flags: plan })
  const { inAppEvents } = await import('/dist/in-app/index.js')
  window.stopInApp = inAppEvents(bridge);`

/** Passes on what the in-app plugin tells, as README.md says. */
export const PASSED_ON = `{ integrations: { 'Customer.io In-App Plugin': {
  events: ({ type, detail }) => dispatchEvent(new CustomEvent(type, { detail })),
} } }`

interface Choice extends PageChoice {
  store?: Store
  visitor?: BrowserContext
  /** Gist by itself, instead of the JavaScript SDK. */
  gist?: boolean | Partial<GistSnippetOptions>
}

/** The stage, with what the tests of in-app messages need of it. */
export const openInAppStage = async () => {
  const stage = await openStage()
  return {
    ...stage,
    /** Opens a page, by custom as `ada`. `live` when it has its connection. */
    open: async ({ store = stage.store(), visitor, gist, ...choice }: Choice = {}) => {
      const context = visitor ?? (await stage.visitor())
      const alone = gist && {
        customerio: false,
        before: gistSnippet({
          origin: stage.sandbox.origin,
          workspace: store.id,
          ...(gist === true ? {} : gist),
        }),
      }
      const live = context.waitForEvent('page').then(becomesLive)
      // Not every test waits for it, and the browser may be closed before.
      live.catch(() => {})
      const url = store.url({ setup: `${EVENTS} bridge.identify('ada')`, ...alone, ...choice })
      return { ...(await openPage(context, url)), live, context, store }
    },
  }
}

/** The in-app message on a page; the sandbox draws it with two buttons. */
export const messageOn = (page: Page) => page.frameLocator('iframe.gist-message')

/** Waits until a message is on the page. */
export const appears = (page: Page, name: string) => messageOn(page).getByText(name).waitFor()

export const press = (page: Page, name: 'Continue' | 'Close') => {
  const button = messageOn(page).getByRole('button', { name })
  return can('frame-pointer') ? button.click() : button.dispatchEvent('click')
}

/** What FullStory heard of in-app messages, session by session: of whom, and each event with its properties. */
export const heard = (store: Store) =>
  store.fullstory
    .view()
    .sessions.map(({ uid, events }) => [
      uid,
      ...events
        .filter(({ name }) => name.startsWith('in_app_message_'))
        .map(({ name, properties }) => [name.replace('in_app_message_', ''), properties]),
    ])

/** FullStory comes to have heard this, and nothing else. */
export const expectHeard = (store: Store, sessions: unknown[]) =>
  expect.poll(() => heard(store)).toEqual(sessions)

/** Names of all events that Customer.io got. */
export const tracked = (store: Store) =>
  store.customerio
    .view()
    .calls.filter(({ type }) => type === 'track')
    .sort((one, two) => one.at - two.at)
    .map(({ name, data }) => `${name} ${data.metric ?? data.actionType ?? ''}`.trim())
