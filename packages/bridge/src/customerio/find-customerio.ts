import type { Finder } from '../delivery/on-demand.ts'
import type { ClassicApi } from './classic.ts'
import { attach, late, type PipelinesApi } from './pipelines.ts'

/** Customer.io's SDK: its JavaScript SDK is known here, the others have files of their own. */
export const find: Finder['find'] = (given, { cioanalytics, _cio, Gist }) => {
  const sdk = (given === 'auto' ? (cioanalytics ?? _cio ?? Gist) : given) as
    | (PipelinesApi & Partial<ClassicApi>)
    | undefined
  return (
    sdk && {
      sdk: given,
      load: () =>
        sdk.ready || sdk.then
          ? { attach, late }
          : sdk.identify
            ? import('./classic.ts')
            : import('./gist.ts'),
    }
  )
}
