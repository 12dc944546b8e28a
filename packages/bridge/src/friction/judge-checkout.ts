import { stepOf } from './addresses.ts'
import { judgeFailures } from './failures.ts'
import { judgeForms } from './forms.ts'
import type { FrictionKind } from './kinds.ts'
import { judgeSteps } from './steps.ts'

/** Reports what was found, unless its kind has its cool-down. */
export type Say = (kind: FrictionKind, target: string | undefined, count: number) => void
/** Does something after the page has had its turn, or after some milliseconds. What it throws ends there. */
export type Later = (act: () => void, time?: number) => ReturnType<typeof setTimeout>
/** Hears events of these types, separated by spaces. */
export type Listen = (root: EventTarget | undefined, types: string, listener?: (event: Event) => void) => void
export type SafeName = (text: unknown) => string | undefined

/** What a judge may hear of: an event of the page, a navigation, or what the bridge has handed to a vendor. */
export interface Heard {
  readonly type?: string
  readonly destination?: { readonly url: string; readonly sameDocument: boolean }
  readonly kind?: string
  readonly name?: string
  readonly properties?: Record<string, unknown>
  readonly types?: object
}
/** `address` is where the page was at that moment; `path` begins with the innermost element. */
export type Judge = (heard: Heard | undefined, address: string, path?: readonly EventTarget[]) => void

/**
 * Judges forms, and what goes wrong in the checkout. Loaded when the visitor gets there. It shares no file with what
 * judges clicks, which would be one more to load: what both need is given to it.
 */
export const judgeCheckout = (
  say: Say,
  later: Later,
  listen: Listen,
  page: Window & { navigation?: { currentEntry?: unknown } },
  isCheckout: (url: URL) => boolean,
  safeName: SafeName,
  describe: (element: Element) => string,
  signal: AbortSignal,
  setStep: (step: string | undefined) => void,
): Judge => {
  /** Events that one vendor was told: what types they have is the same object for the other one. */
  const told = new WeakSet<object>()
  let here = new URL('about:blank')
  /** The step by the address, in the checkout only; empty where it has no name. */
  let step: string | undefined
  /** The step as the page names it. */
  let named: string | undefined
  /** Where another document is being led to, by the page or one of its links. */
  let leads: URL | undefined
  let payments = 0
  const { judges, fill, next, leave } = judgeForms(say, later, describe, page.performance.now())
  const visit = judgeSteps(say)
  const judgeError = judgeFailures(say, safeName, signal, () => (step === undefined ? step : here.hostname))

  const showStep = () => setStep(step === undefined ? step : named || step || undefined)
  const arrive = (address: string) => {
    if (address === here.href) return
    here = new URL(address)
    const to = isCheckout(here) ? (stepOf(here, safeName) ?? '') : undefined
    if (to === step) return
    if (to === undefined) {
      leave()
      named = to
    }
    step = to
    next()
    showStep()
    // The page's own names are the better ones, and both together would be steps of their own.
    if (!named) visit(to)
  }
  const hearTrack = ({ name, properties = {}, types = properties }: Heard) => {
    if (told.has(types)) return
    told.add(types)
    if (name === 'checkout_step') {
      if (!named) visit(undefined)
      named = properties.step as string
      showStep()
      visit(named)
    }
    if (name === 'order_completed') {
      payments = 0
      visit(undefined)
      next()
    }
    if (name === 'payment_failed' && ++payments > 1)
      say('payment_failed_again', safeName(properties.code), payments)
  }

  const judge: Judge = (heard = {}, address, path = []) => {
    const { type, destination, kind } = heard
    arrive(destination?.sameDocument ? destination.url : address)
    if (kind === 'track') hearTrack(heard)
    if (destination && !destination.sameDocument) leads = new URL(destination.url)
    const [target] = path as [HTMLInputElement]
    if (!type || path.some(node => (node as Element).matches?.('[data-rb-ignore]'))) return
    judges[type]?.(target, heard as Event, path as Element[])
    if (/^(error|unh)/.test(type)) judgeError(heard as never, target as never)
    if (type !== 'input') return
    leads = undefined
    if (step !== undefined) fill(target)
  }

  listen(page, 'keydown keyup input error unhandledrejection', event => {
    const { href } = page.location
    const path = event.composedPath()
    // WebKit's own rejections say that they are a script's.
    if (event.isTrusted || 'reason' in event) later(() => judge(event as Heard, href, path))
  })
  listen(page, 'pagehide', () => {
    try {
      // Without being told it may well be the next step; another site is where the payment is made, perhaps. Where the
      // browser has no Navigation API, an element with that id is there instead.
      const isTold = page.navigation?.currentEntry
      if (isTold && (!leads || (leads.host === here.host && !isCheckout(leads)))) leave()
    } catch {
      // An option that throws.
    }
  })
  return judge
}
