import { EventType, type PixelEvents, type StandardEventName } from '@shopify/web-pixels-extension'
import { exampleContext } from './example-checkout.ts'

/** The times of a page's events. No two are the same: pixels would take them for one, vendors in either order. */
export const createTimestamps = () => {
  let last = 0
  return (): string => {
    last = Math.max(Date.now(), last + 1)
    return new Date(last).toISOString()
  }
}

/** One of Shopify's standard events, as pixels get it. */
export const standardEvent = <Name extends StandardEventName>(
  name: Name,
  data: PixelEvents[Name]['data'],
  { id, timestamp, seq }: { id: string; timestamp: string; seq: number },
): PixelEvents[Name] =>
  ({
    id,
    name,
    timestamp,
    data,
    clientId: 'browser-1',
    context: exampleContext,
    seq,
    type: EventType.Standard,
  }) as unknown as PixelEvents[Name]
