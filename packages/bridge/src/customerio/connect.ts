import { onDemand } from '../delivery/on-demand.ts'
import { type Page, pageWindow } from '../globals.ts'
import type { ClassicApi } from './classic.ts'
import type { GistApi } from './gist.ts'
import type { PipelinesApi } from './pipelines.ts'

/**
 * What Customer.io has for browsers, loaded or not: its JavaScript SDK, the classic snippet's `_cio`, in-app messages
 * by themselves (`Gist`), or one of the first two and `Gist`.
 */
export type CustomerIoApi =
  | PipelinesApi
  | ClassicApi
  | GistApi
  | { analytics: 'auto' | PipelinesApi | ClassicApi; gist: GistApi }

/** Finds Customer.io's SDK. */
export const connectCustomerIo = (given: unknown) =>
  onDemand(() => {
    const { cioanalytics, _cio, Gist } = pageWindow() as Page
    const sdk = (given === 'auto' ? (cioanalytics ?? _cio ?? Gist) : given) as
      | (PipelinesApi & Partial<ClassicApi>)
      | undefined
    return (
      sdk && {
        sdk: given,
        load: () =>
          sdk.ready || sdk.then
            ? import('./pipelines.ts')
            : sdk.identify
              ? import('./classic.ts')
              : import('./gist.ts'),
      }
    )
  })
