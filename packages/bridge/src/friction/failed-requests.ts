import { pageAddress } from '../globals.ts'
import { describeAddress } from './names.ts'
import type { Watch } from './watch.ts'

const siteOf = (address: string) => new URL(address).hostname.split('.').slice(-2).join('.')

/** A request to the store's own site fails, or a script or style sheet of it does not load, in the checkout. */
export const judgeRequests = ({ on, guard, signal, isCheckout, report }: Watch): void => {
  let count = 0
  const failed = (address: string) => {
    // Others are kept from loading by ad blockers, which is nobody's trouble.
    if (isCheckout() && siteOf(address) === siteOf(pageAddress()))
      report('request_failed', describeAddress(address), ++count)
  }
  on('error', (_, [element]) => {
    const { src, rel, href } = (element ?? {}) as HTMLScriptElement & HTMLLinkElement
    const address = element?.matches('script') ? src : rel === 'stylesheet' && href
    if (address) failed(address)
  })
  // Not every browser tells how a request ended, and some know of no such observer.
  const observer = new PerformanceObserver(
    guard(list => {
      for (const { name, initiatorType, responseStatus } of list.getEntries() as Response[])
        if (responseStatus >= 400 && /^(fetch|xmlhttprequest)$/.test(initiatorType)) failed(name)
    }),
  )
  observer.observe({ type: 'resource' })
  signal.addEventListener('abort', () => observer.disconnect())
}

/** Not in TypeScript's DOM library yet. */
type Response = PerformanceResourceTiming & { responseStatus: number }
