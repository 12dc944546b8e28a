import { type Page, readStored } from '../globals.ts'
import { STORAGE_KEY } from '../identity/memory.ts'

/** Directive and address of what a content security policy has refused. */
export type Refusal = readonly [directive: string, address: string]

/** What is used of a browser's report. */
interface Refused extends Report {
  body: ReportBody & { effectiveDirective: string; blockedURL: string }
}

/**
 * Keeps what content security policies have refused on this page, also before this was called: browsers keep a hundred
 * such reports. They come in a task of their own. Nothing where the browser has no `ReportingObserver`.
 *
 * @returns ends it
 */
export const watchPolicy = (page: Page, refused: Refusal[]): (() => void) => {
  const Observer = page.ReportingObserver as typeof ReportingObserver | undefined
  const keep = (reports: Report[]) => {
    for (const { body } of reports as Refused[]) refused.push([body.effectiveDirective, body.blockedURL])
  }
  const observer = Observer && new Observer(keep, { types: ['csp-violation'], buffered: true })
  observer?.observe()
  return () => observer?.disconnect()
}

/**
 * Milliseconds that this device's clock is behind, at least: behind the clock that has run since the page was loaded,
 * behind the server that has dated the page, or behind the time at which the visitor came, as it is remembered. A clock
 * that is ahead cannot be told from a page that was kept.
 *
 * @param isOpen whether there is consent to read what is remembered
 */
export const clockBehind = ({ document, performance }: Page, isOpen: boolean): number =>
  Math.max(
    performance.timeOrigin + performance.now(),
    Date.parse(document.lastModified),
    // Of the latest visitor, whose place is the time; damaged or not.
    Number(/.*"n":(\d+)/.exec(String(isOpen && readStored(STORAGE_KEY)))?.[1] ?? 0),
  ) - Date.now()
