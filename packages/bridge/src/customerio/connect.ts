import type { Connector } from '../delivery/vendor.ts'
import { pageWindow, resourceArrived } from '../globals.ts'
import type { ClassicApi } from './classic.ts'
import type { GistApi } from './gist.ts'
import { type Pipelines, pipelines } from './pipelines.ts'

/** The snippet's array stub, an `AnalyticsBrowser`, or the loaded SDK itself. */
export interface PipelinesApi {
  /** The stub's and the SDK's. */
  ready?(callback: () => void): unknown
  /** Only of an `AnalyticsBrowser`, which resolves to the SDK. */
  then?(ready: (loaded: [Pipelines, unknown]) => void, failed: (error: unknown) => void): unknown
  user?(): unknown
}

/**
 * What Customer.io has for browsers, loaded or not: its JavaScript SDK, the classic snippet's `_cio`, in-app messages
 * by themselves (`Gist`), or one of the first two and `Gist`.
 */
export type CustomerIoApi =
  | PipelinesApi
  | ClassicApi
  | GistApi
  | { analytics: 'auto' | PipelinesApi | ClassicApi; gist: GistApi }

/** Any of them, by the members that tell them apart. */
interface Found extends PipelinesApi {
  identify?: unknown
}

/** Finds Customer.io's SDK and tells when it takes calls in order. */
export const connectCustomerIo =
  (given: unknown): Connector =>
  turn => {
    let found: Found | undefined
    let settled = false
    let other: Promise<unknown> | undefined
    let lookFor: ReturnType<Connector> | undefined
    const page = pageWindow() as NonNullable<ReturnType<typeof pageWindow>>

    const use = (sdk: Found | undefined) => {
      if (!sdk?.user) return
      settled = true
      turn('ready', '', pipelines(sdk as Pipelines))
    }

    const failed = (error: unknown) => {
      settled = true
      turn('blocked', String(error))
    }

    return expired => {
      if (!found) {
        const { cioanalytics, _cio, Gist } = page
        const sdk = (
          given === 'auto'
            ? (cioanalytics ?? _cio ?? Gist)
            : // A stub that was replaced since it was given takes no more calls.
              (Array.isArray(given) && 'ready' in given && cioanalytics) || given
        ) as Found | undefined
        found = sdk
        if (sdk?.then) sdk.then(([loaded]) => use(loaded), failed)
        // The stub keeps this call and the SDK answers it when it is ready, having replaced the global.
        else if (sdk?.ready)
          Promise.resolve(sdk.ready(() => use(sdk.user ? sdk : (page.cioanalytics as Found)))).catch(failed)
        else {
          // Few pages have another than the newest SDK: what knows the others is loaded when one is found.
          if (sdk)
            other ??= (sdk.identify ? import('./connect-classic.ts') : import('./connect-gist.ts'))
              .then(({ connect }) => {
                lookFor = connect(given, page, connectCustomerIo)(turn)
                return lookFor()
              })
              .catch(failed)
          found = undefined
          if (lookFor) return lookFor(expired)
        }
      }
      if (expired && !settled) {
        const script = page.document.querySelector<HTMLScriptElement>(
          'script[data-global-customerio-analytics-key]',
        )
        // An answered request and still no SDK: refused by a blocker or the server, or its settings were.
        turn(!found && !other ? 'missing' : script && resourceArrived(script.src) ? 'blocked' : 'hung')
      }
      return settled
    }
  }
