import type { ExtensionApi } from '@shopify/web-pixels-extension'
import { addToCarry } from './add-to-carry.ts'
import { CARRY_KEY } from './carry-record.ts'
import { createConsentGate } from './consent-gate.ts'
import { type Message, sendToCustomerIo } from './customerio.ts'
import { type Moment, momentOf, SHOPIFY_EVENTS, type ShopifyEvent } from './moments.ts'
import { type PixelSettings, type ReadSettings, readSettings } from './settings.ts'
import { createVisitorReader, type Visitor } from './visitor.ts'
import { within } from './within.ts'

/** The parts of Shopify's pixel API in use; the same in custom and app pixels. */
export type PixelApi = Pick<ExtensionApi, 'analytics' | 'browser' | 'init' | 'customerPrivacy'>

/** Milliseconds in which nobody can have tried to pay again: one refusal may be shown in several alerts. */
const SAME_FAILURE = 1000
const HOUR = 3_600_000

/** Makes the function that carries out one moment while it `may`. */
const createDelivery = ({ browser, init }: PixelApi, settings: ReadSettings) => {
  const readVisitor = createVisitorReader(browser, settings.customerIds ? init.data?.customer : null)
  /** Whom this page has identified already. */
  let identified: string | undefined

  /** What tells Customer.io who it is; `undefined` when it knows, or when nobody said. */
  const identity = ({ userId, login }: Visitor, moment: Moment) => {
    const email = login ? login.email : moment.email
    // Somebody who is known stays that: an address typed at checkout is no login.
    const key = login ? userId : settings.guest && !userId && email
    if (!key || key === identified) return
    identified = key
    return email ? { email } : {}
  }

  return async (moment: Moment, may: () => boolean): Promise<void> => {
    const { state, at, properties } = moment
    const visitor = await readVisitor(moment, may)
    if (!may()) return
    const { userId, stranger } = visitor
    const send = (message: Pick<Message, 'type' | 'event' | 'properties' | 'traits'>, suffix = '') =>
      sendToCustomerIo(
        settings,
        {
          ...message,
          messageId: `rb-${moment.id}${suffix}`,
          timestamp: new Date(at).toISOString(),
          anonymousId: stranger ? undefined : visitor.anonymousId,
          userId,
        },
        may,
      )
    const traits = identity(visitor, moment)
    if (traits) send({ type: 'identify', traits }, '-identify')
    const name = settings.names[moment.name] ?? moment.name
    if (name) send({ type: 'track', event: name, properties })
    // What belongs to a stranger is nothing for the other person's session.
    if (!state || stranger) return
    const before = await within(browser.localStorage.getItem(CARRY_KEY))
    const now = Date.now()
    const text = addToCarry(
      before,
      { ...moment, state },
      name,
      visitor,
      now + settings.carryHours * HOUR,
      now,
    )
    if (text && may()) await within(browser.localStorage.setItem(CARRY_KEY, text))
  }
}

/**
 * Starts the pixel: what happens in cart and checkout reaches Customer.io, as the visitor whom the storefront's SDK
 * knows, and is left for the store's next page, which tells FullStory (`tellCheckout`).
 *
 * Before the visitor allows it nothing is sent, stored or read; up to 50 moments wait for their answer. The only personal
 * value that leaves is the e-mail address of somebody without an account, or of a customer who is logged in, to say who
 * they are. Without a write key it does nothing, with a warning. Never throws.
 */
export const startPixel = (api: PixelApi, given: Partial<PixelSettings>): void => {
  try {
    const settings = readSettings(given)
    if (!settings.writeKey) {
      console.warn("[retention-bridge] The pixel needs Customer.io's write key.")
      return
    }
    const { analytics, browser, init, customerPrivacy } = api
    const gate = createConsentGate(
      settings.purposes,
      init.customerPrivacy,
      createDelivery(api, settings),
      () => within(browser.localStorage.removeItem(CARRY_KEY)),
    )
    let failed = Number.NEGATIVE_INFINITY
    for (const name of SHOPIFY_EVENTS)
      analytics.subscribe(name, event => {
        const moment = momentOf(event as ShopifyEvent)
        if (!moment) return
        if (moment.state === 'failed') {
          if (moment.at - failed < SAME_FAILURE) return
          failed = moment.at
        }
        gate.push(moment)
      })
    customerPrivacy.subscribe('visitorConsentCollected', event => gate.decide(event.customerPrivacy))
  } catch {
    // Not where a pixel runs.
  }
}
