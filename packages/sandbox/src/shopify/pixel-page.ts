import { randomUUID } from 'node:crypto'
import type { Customer, PixelEvents, StandardEventName } from '@shopify/web-pixels-extension'
import type { Page } from 'playwright-core'
import { browserScript } from '../browser-script.ts'
import { exampleInit, privacyOf } from './example-checkout.ts'
import type { ShopifyPage } from './page.ts'
import { createTimestamps, standardEvent } from './standard-event.ts'
import type { PixelRuntime, Privacy } from './wire.ts'

const pageScript = browserScript(new URL('page.ts', import.meta.url))
const realmScript = browserScript(new URL('realm.ts', import.meta.url))

export interface PixelOptions {
  runtime: PixelRuntime
  /** The built pixel, as it is pasted or deployed. */
  pixel: string
  /** What the app has set for an app pixel. */
  settings?: Record<string, string>
  /** Who is logged in. */
  customer?: Partial<Customer>
  /** @default all of it is allowed */
  privacy?: Privacy
}

/** One page of a shop with a pixel, driven from a test. */
export interface PixelPage {
  /** Publishes one of Shopify's standard events; `id` by itself is a new one. */
  publish<Name extends StandardEventName>(
    name: Name,
    data: PixelEvents[Name]['data'],
    event?: { id?: string; timestamp?: string },
  ): Promise<void>
  decide(privacy: Privacy): Promise<void>
  /** What Shopify's side of the page has noticed. */
  noticed(): Promise<Pick<ShopifyPage, 'calls' | 'undocumented' | 'errors'>>
}

/** Runs a pixel on a page that is open, as Shopify does: in a realm of its own, with the documented API only. */
export async function openPixel(page: Page, options: PixelOptions): Promise<PixelPage> {
  const { runtime, pixel, settings = {}, customer = null, privacy = privacyOf(true) } = options
  const start = { runtime, pixel, settings, init: exampleInit(privacy, customer) }
  await page.addScriptTag({ content: await pageScript() })
  await page.evaluate(([given, script]) => window.shopifyPage.open(given, script), [
    start,
    await realmScript(),
  ] as const)
  const nextTimestamp = createTimestamps()
  let seq = 0
  return {
    publish: async (name, data, { id = randomUUID(), timestamp = nextTimestamp() } = {}) => {
      const event = standardEvent(name, data, { id, timestamp, seq: seq++ })
      await page.evaluate(published => window.shopifyPage.publish(published as never), event as never)
    },
    decide: given => page.evaluate(said => window.shopifyPage.decide(said), given),
    noticed: () =>
      page.evaluate(() => {
        const { calls, undocumented, errors } = window.shopifyPage
        return { calls, undocumented, errors }
      }),
  }
}
