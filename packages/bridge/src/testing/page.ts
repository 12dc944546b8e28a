import type { CustomerIoDouble } from '../customerio/double.ts'
import type { FullStoryDouble } from '../fullstory/double.ts'
import { pageWindow } from '../globals.ts'
import type { Status } from '../status.ts'

/** A bridge of any plan, as far as it is asked here. */
export interface AnyBridge {
  status(): Status
  flush(options?: { timeout?: number }): Promise<Status>
}

/** What a test has: the bridge of the page and the doubles that were given to it. What is left out is not looked at. */
export interface TestPage {
  readonly bridge?: AnyBridge
  readonly fullstory?: FullStoryDouble
  readonly customerio?: CustomerIoDouble
}

/** The id that Customer.io's SDK answers; `undefined` while it is not there. */
export const customerIoId = ({ customerio }: TestPage): string | null | undefined =>
  customerio?.state === 'running' ? (customerio.user().id() ?? null) : undefined

/** What a bridge without a page needs to be told. */
export const noPage = ({ bridge }: TestPage): string | undefined => {
  const vendors = Object.values(bridge?.status().vendors ?? {})
  return vendors[0] && !pageWindow() && vendors.every(({ state }) => state === 'off')
    ? 'There is no window, and so the bridge does nothing, as on a server: run this test in happy-dom or jsdom.'
    : undefined
}
