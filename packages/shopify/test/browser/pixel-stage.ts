import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openPixel, type PixelOptions, type PixelRuntime, pastedPixel } from '@retention-bridge/sandbox'
import { buildSync } from 'esbuild'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { eventually, openPage, openStage, type Store } from '../../../bridge/test/browser/stage.ts'

const shopify = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, shopify), 'utf8')

export const customPixel = (origin: string, store: Store) =>
  pastedPixel(read('dist/custom-pixel.js'), { origin, workspace: store.id })

/** The app pixel as Shopify's command-line tool bundles it. */
const appPixel = () =>
  buildSync({
    entryPoints: [fileURLToPath(new URL('extensions/retention-bridge-pixel/src/index.ts', shopify))],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
  }).outputFiles[0]?.text as string

/** Either form of the pixel, as Shopify runs it for a store. */
export const pixelOf = (runtime: PixelRuntime, origin: string, store: Store): PixelOptions => ({
  runtime,
  pixel: runtime === 'lax' ? customPixel(origin, store) : appPixel(),
  settings: { write_key: store.id, api_host: origin },
})

/** A page of the shop with the bridge, which tells what the pixel left. */
const storefront = (start: string) => `
  window.bridge = createBridge({ flags: defineFlags({
    checkout_state: { type: 'enum', values: ['started', 'contact', 'shipping', 'payment', 'failed', 'completed', 'abandoned'] },
    payment_failed: { type: 'bool' },
  }) })
  ${start}
  const { tellCheckout } = await import('data:text/javascript;base64,${btoa(read('dist/index.js'))}')
  window.stopTelling = tellCheckout(bridge, { flags: { state: 'checkout_state', failed: 'payment_failed' } })`

/** The stage, with a shop on Shopify. */
export const openShopifyStage = async () => {
  const stage = await openStage()
  return {
    ...stage,
    /** A shop, by custom a new one, with one visitor. */
    shop: async (store = stage.store()) => {
      store.fullstory.declare(['checkout_state', 'payment_failed'])
      const visitor = await stage.visitor()
      return {
        store,
        visitor,
        visit: (start = '', query = '') => openPage(visitor, store.url({ setup: storefront(start) }) + query),
        checkout: (runtime: PixelRuntime, options?: Partial<PixelOptions>) =>
          openCheckout(visitor, store, { ...pixelOf(runtime, stage.sandbox.origin, store), ...options }),
      }
    },
  }
}

const openCheckout = async (visitor: BrowserContext, store: Store, options: PixelOptions) => {
  // None of our code, and none of the vendors'.
  const { page } = await openPage(visitor, store.url({ fullstory: 'none', customerio: false }))
  return { page, ...(await openPixel(page, options)) }
}

/** What Customer.io comes to hold: events of each person, and of visitors who are nobody yet. */
export const expectPeople = (store: Store, people: object[], anonymous: string[][] = []) =>
  expect
    .poll(() => {
      const view = store.customerio.view()
      return {
        people: view.people.map(({ id, email, anonymousIds, events }) => ({
          id,
          email,
          browsers: anonymousIds.length,
          events: events.map(({ name }) => name),
        })),
        anonymous: view.anonymous.map(({ events }) => events.map(({ name }) => name)),
        violations: view.violations,
      }
    })
    .toEqual({ people, anonymous, violations: [] })

/** Events of FullStory that were carried, in all sessions. */
export const carried = (store: Store) =>
  store.fullstory
    .view()
    .sessions.flatMap(({ events }) => events)
    .filter(({ properties }) => properties.carried)

/** FullStory comes to hold these flags of the one visitor. */
export const expectFlags = (store: Store, state: string, failed?: boolean) =>
  expect
    .poll(() =>
      store.fullstory
        .view()
        .users.filter(({ mergedInto }) => !mergedInto)
        .map(({ properties }) => [properties.checkout_state?.value, properties.payment_failed?.value]),
    )
    .toEqual([[state, failed]])

/** FullStory comes to have been told these events, in this order. */
export const expectCarried = (store: Store, names: string[]) =>
  expect.poll(() => carried(store).map(({ name }) => name)).toEqual(names)

/** The page comes to have taken what the pixel left. */
export const expectTaken = (page: Page) =>
  eventually(
    () => leftOn(page),
    left => left === null,
    'not taken',
  )

/** Waits until pages that tell what the pixel left have had their turns: they would take also what it leaves meanwhile. */
export const turnsTaken = (page: Page) =>
  page.evaluate(() => navigator.locks.request('retention_bridge_checkout', () => {}))

/** What the pixel has left on the shop. */
export const leftOn = (page: Page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('retention_bridge_checkout') ?? 'null'))

/** Waits until the pixel has left a moment of this state. */
export const expectLeft = (page: Page, state: string) =>
  eventually(
    () => leftOn(page),
    left => left?.flags.checkout_state === state,
    `not ${state}`,
  )
