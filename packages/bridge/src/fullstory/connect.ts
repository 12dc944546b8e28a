import { onDemand } from '../delivery/on-demand.ts'
import { type FullStoryApi, findFullStory } from './namespace.ts'

/** Finds FullStory. */
export const connectFullStory = (given: unknown) =>
  onDemand(() => {
    const sdk = typeof given === 'function' ? (given as FullStoryApi) : findFullStory()
    return (
      sdk && {
        sdk,
        // `@fullstory/browser` has no version, and what snippet 2 has.
        load: () =>
          (given as { api?: string }).api === 'v1' || Number.parseFloat(sdk._v as string) < 2
            ? import('./v1.ts')
            : import('./v2.ts'),
      }
    )
  })
