import type { Page } from 'playwright-core'
import { eventually, type Store } from './stage.ts'

/** Runs in the page: a bridge that finds what there is, with as much patience as it has by itself. */
export const AUTO = 'window.bridge = createBridge({ flags: plan });'
/** One that gives up soon, for pages that lack what it looks for on purpose. */
export const SOON = AUTO.replace('plan', 'plan, timeout: 1500')

/** For scripts of a page: waits until something is there. */
export const UNTIL =
  'const until = async there => { while (!there()) await new Promise(resolve => setTimeout(resolve, 5)) };'

/** Waits for a state of Customer.io, and gives its status. */
export const becomes = (page: Page, state: string) =>
  eventually(
    () => page.evaluate(() => window.bridge.status().vendors.customerio),
    status => status.state === state,
    `Customer.io becomes ${state}`,
  )

/** What either vendor would have refused. */
export const violations = (store: Store) => [...store.fullstory.violations, ...store.customerio.violations]
