import type { ReadSettings } from './settings.ts'

/** One message, as Customer.io's own SDK makes them. */
export interface Message {
  type: 'identify' | 'track'
  /** The same for each attempt: Customer.io counts it once. */
  messageId: string
  /** ISO 8601: when it happened, by which Customer.io puts messages in order. */
  timestamp: string
  anonymousId?: string
  userId?: string
  /** `track` only. */
  event?: string
  properties?: Record<string, unknown>
  /** `identify` only. */
  traits?: Record<string, unknown>
}

/** Milliseconds before each further attempt. */
const PAUSES = [1000, 4000]

/**
 * Sends a message to the endpoint that Customer.io's browser SDK uses (`/v1/i`, `/v1/t`; published source of
 * `@customerio/cdp-analytics-browser` 0.5): the write key is in the body and the body is plain text, so that browsers ask
 * no permission first. A pixel has no origin of its own, and the documented `/v1/track` with its `Authorization` header
 * would need a permission for it. `keepalive` takes it past the end of the page.
 *
 * Tried again twice where the server or the network fails, as long as `may()`. Never rejects.
 */
export const sendToCustomerIo = (
  settings: Pick<ReadSettings, 'apiHost' | 'writeKey'>,
  message: Message,
  may: () => boolean,
  attempt = 0,
): void => {
  const again = () => {
    const pause = PAUSES[attempt]
    if (pause) setTimeout(() => may() && sendToCustomerIo(settings, message, may, attempt + 1), pause)
  }
  fetch(`${settings.apiHost}/v1/${message.type[0]}`, {
    method: 'POST',
    keepalive: true,
    headers: { 'Content-Type': 'text/plain' },
    body: JSON.stringify({
      ...message,
      writeKey: settings.writeKey,
      sentAt: new Date().toISOString(),
      context: { library: { name: 'retention-bridge-pixel' } },
    }),
  }).then(({ status }) => (status === 429 || status >= 500) && again(), again)
}
