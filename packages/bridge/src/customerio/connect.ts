import type { Connector } from '../delivery/vendor.ts'
import { pageWindow, resourceArrived } from '../globals.ts'
import { type Pipelines, pipelines } from './pipelines.ts'

/** The snippet's array stub, an `AnalyticsBrowser`, or the loaded SDK itself. */
export interface CustomerIoApi {
  /** The stub's and the SDK's. */
  ready?(callback: () => void): unknown
  /** Only of an `AnalyticsBrowser`, which resolves to the SDK. */
  then?(ready: (loaded: [Pipelines, unknown]) => void, failed: (error: unknown) => void): unknown
  user?(): unknown
}

/** Finds Customer.io's JavaScript SDK and tells when it takes calls in order. */
export const connectCustomerIo =
  (given: unknown): Connector =>
  (turn, changed) => {
    let found: CustomerIoApi | undefined
    let settled = false
    const find = () => (given === 'auto' ? pageWindow()?.cioanalytics : given) as CustomerIoApi | undefined

    const use = (sdk: CustomerIoApi | undefined) => {
      if (!sdk?.user) return
      const loaded = sdk as Pipelines
      settled = true
      for (const event of ['identify', 'reset']) loaded.on(event, changed)
      // It calls FullStory as well: everything would be sent twice.
      const doubled = loaded.queue?.plugins?.find(({ name }) => /fullstory/i.test(name))
      turn('ready', doubled?.name, pipelines(loaded))
    }

    const failed = (error: unknown) => {
      settled = true
      turn('blocked', String(error))
    }

    return expired => {
      if (!found) {
        found = find()
        if (found?.then) found.then(([sdk]) => use(sdk), failed)
        // The stub keeps this call and the SDK answers it when it is ready, having replaced the global.
        else if (found?.ready) Promise.resolve(found.ready(() => use(find()))).catch(failed)
        else found = undefined
      }
      if (expired && !settled) {
        const script = pageWindow()?.document.querySelector<HTMLScriptElement>(
          'script[data-global-customerio-analytics-key]',
        )
        // An answered request and still no SDK: refused by a blocker or the server, or its settings were.
        turn(!found ? 'missing' : script && resourceArrived(script.src) ? 'blocked' : 'hung')
      }
      return settled
    }
  }
