import { onDemand } from '../delivery/on-demand.ts'
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
export const connectCustomerIo = (given: unknown) => onDemand(given, () => import('./find-customerio.ts'))
