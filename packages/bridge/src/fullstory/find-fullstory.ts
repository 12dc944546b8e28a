import type { Finder } from '../delivery/on-demand.ts'
import type { Page } from '../globals.ts'
import { isNearLimit } from './budget.ts'
import { attach, capture, fullStory, observe } from './v2.ts'

/** FullStory's function as snippets and `@fullstory/browser` provide it. */
export interface FullStoryApi {
  (operation: string, options?: unknown, source?: string): unknown
  /** Version of the snippet, e.g. `2.1.0`; `@fullstory/browser` has none. */
  _v?: string
  identify?(uid: string | false, vars?: object, source?: string): unknown
  setUserVars?(vars: object, source?: string): unknown
  setVars?(scope: string, vars: object, source?: string): unknown
  event?(name: string, properties: object, source?: string): unknown
  anonymize?(): unknown
  shutdown?(): unknown
  restart?(): unknown
  /** Exists only once fs.js has loaded. */
  getCurrentSessionURL?(now?: boolean): string | null
}

/**
 * The page's FullStory function. Snippet 2.1 sets no global with its namespace, it marks the script tag instead;
 * older ones set `_fs_namespace` (source of both: `@fullstory/snippet` 2.1).
 */
const findFullStory = (page: Page): FullStoryApi | undefined => {
  const tag = page.document.querySelector<HTMLElement>('script[data-fs-namespace]')
  return [tag?.dataset.fsNamespace, page._fs_namespace, 'FS']
    .map(name => page[name as string])
    .find(found => typeof found === 'function') as FullStoryApi | undefined
}

/** FullStory: its V2 operations are known here, the methods of V1 have a file of their own. */
export const find: Finder['find'] = (given, page) => {
  const sdk = typeof given === 'function' ? (given as FullStoryApi) : findFullStory(page)
  return (
    sdk && {
      sdk,
      // `@fullstory/browser` has no version, and what snippet 2 has.
      load: () =>
        (given as { api?: string }).api === 'v1' || Number.parseFloat(sdk._v as string) < 2
          ? import('./v1.ts')
          : { attach },
    }
  )
}

// For V1, and for the doctor, which would get a file of its own for them.
export { capture, fullStory, isNearLimit, observe }
