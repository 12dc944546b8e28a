import { onDemand } from '../delivery/on-demand.ts'

/** Finds FullStory. */
export const connectFullStory = (given: unknown) => onDemand(given, () => import('./find-fullstory.ts'))
