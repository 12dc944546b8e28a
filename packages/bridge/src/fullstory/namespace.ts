import { pageWindow } from '../globals.ts'

/** FullStory's function as snippets and `@fullstory/browser` provide it. */
export interface FullStoryApi {
  (operation: string, options?: unknown, source?: string): unknown
  /** Version of the snippet, e.g. `2.1.0`; `@fullstory/browser` has none. */
  _v?: string
  identify?(uid: string | false, vars?: object, source?: string): unknown
  setUserVars?(vars: object, source?: string): unknown
  event?(name: string, properties: object, source?: string): unknown
  anonymize?(): unknown
  /** Exists only once fs.js has loaded. */
  getCurrentSessionURL?(now?: boolean): string | null
}

/**
 * The page's FullStory function. Snippet 2.1 sets no global with its namespace, it marks the script tag instead;
 * older ones set `_fs_namespace` (source of both: `@fullstory/snippet` 2.1).
 */
export const findFullStory = (): FullStoryApi | undefined => {
  const page = pageWindow()
  const tag = page?.document.querySelector<HTMLElement>('script[data-fs-namespace]')
  return [tag?.dataset.fsNamespace, page?._fs_namespace, 'FS']
    .map(name => page?.[name as string])
    .find(found => typeof found === 'function') as FullStoryApi | undefined
}
