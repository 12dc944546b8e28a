import { describeAddress } from './addresses.ts'
import type { SafeName, Say } from './judge-checkout.ts'

/** Where a stack begins: an address of the page, or of a browser's extension. */
const PLACE = /(?:^ *at .*?|@)(\w[\w-]*:[^\s)]+)/m

/** Not in TypeScript's DOM library yet. */
type Response = PerformanceResourceTiming & { responseStatus: number }
type Loaded = Pick<HTMLScriptElement & HTMLLinkElement, 'localName' | 'src' | 'rel' | 'href'>

/**
 * Judges what fails in the checkout: uncaught errors, requests to the store's own site, its scripts and style sheets.
 * `siteNow` is the name of the host, in the checkout only.
 */
export const judgeFailures = (
  say: Say,
  safeName: SafeName,
  signal: AbortSignal,
  siteNow: () => string | undefined,
) => {
  let errors = 0
  let requests = 0

  const failed = (address: string) => {
    const site = siteNow()?.split('.').slice(-2).join('.')
    // Others are kept from loading by ad blockers, which is nobody's trouble.
    if (site && new URL(address).hostname.endsWith(site))
      say('request_failed', describeAddress(address, safeName), ++requests)
  }

  try {
    const observer = new PerformanceObserver(list => {
      for (const { name, initiatorType, responseStatus } of list.getEntries() as Response[])
        if (responseStatus >= 400 && /^(fetch|xml)/.test(initiatorType)) failed(name)
    })
    observer.observe({ type: 'resource' })
    signal.addEventListener('abort', () => observer.disconnect())
  } catch {
    // Some browsers know of no such observer.
  }

  return ({ error, reason, filename }: ErrorEvent & PromiseRejectionEvent, target: Loaded): void => {
    const { localName, src, rel, href } = target
    const source = localName === 'script' ? src : rel === 'stylesheet' && href
    if (source) failed(source)
    const thrown = error ?? reason
    const place = filename || PLACE.exec(thrown?.stack)?.[1]
    // Without an error it is a notice of the browser, or a script of which the page may know nothing.
    if (!siteNow() || !thrown || thrown.name === 'AbortError' || !/^http/.test(place as string)) return
    const [file] = /.+\.m?js\b/.exec(place as string) ?? []
    // Anything else is the page itself, whose path may name somebody.
    say('script_error', file ? describeAddress(file, safeName) : 'inline', ++errors)
  }
}
