import type { Examine, ExaminedFullStory } from '../doctor/examined.ts'
import type { FullStoryApi } from './find-fullstory.ts'

type Loaded = FullStoryApi & { q?: unknown[][]; _api?: unknown }

/** Other functions of that name are not FullStory's: all of its snippets set one of these. */
const isFullStory = (sdk: unknown): sdk is Loaded =>
  typeof sdk === 'function' && ['_v', 'q', '_api'].some(name => name in sdk)

/** The region of a host of FullStory's own; nothing of others. */
const regionOf = (host: unknown): string | undefined => {
  const [isOwn, region = 'na1'] =
    /^(?:(?:.*\.)?([a-z]{2,3}\d+)\.|(?:.*\.)?)fullstory\.com$/.exec(String(host)) ?? []
  return isOwn && region
}

/**
 * What a page shows of FullStory. Snippet 2.1 names its global on the script tag, older ones in `_fs_namespace`. The
 * region is the last part of an organization's id (`o-7Y9H-eu1`) and the label before `fullstory.com` of where its script
 * is; both leave out `na1` (source of `@fullstory/browser` 2.1, `hosts`; the script finds its other hosts by itself).
 * Hosts of the store's own say nothing.
 *
 * In `devMode`, the function of `@fullstory/browser` says so, and the queue of the snippet has an event until fs.js has
 * loaded. Cookie and snapshot: see the vendor quirks in ARCHITECTURE.md.
 */
const look: Examine<ExaminedFullStory> = (page, given, state) => {
  const tags = [
    ...page.document.querySelectorAll<HTMLScriptElement>('script[data-fs-namespace],script[src*="/fs.js"]'),
  ]
  const name = tags[0]?.dataset.fsNamespace ?? page._fs_namespace ?? ('FS' in page && 'FS')
  const found = page[name as string]
  const sdk = [given, found].find(one => typeof one === 'function') as Loaded | undefined
  const { host, searchParams } = new URL(tags[0]?.src || page.location.href)
  const org = String(searchParams.get('org') ?? page._fs_org)
  const realm = /^.-.*-(\w+)$/.exec(org)?.[1] ?? 'na1'
  const region = regionOf(host)
  const [cookie] = (state !== 'off' && /\bfs_uid=#[^;]*/.exec(page.document.cookie)) || []
  // A stub would keep the call for later, and snippets before 2.0 know no operations.
  const config =
    state === 'ready' &&
    !(Number.parseFloat(sdk?._v as string) < 2) &&
    sdk?.('getConfig', {}, 'retention-bridge')
  return {
    // One that was given is at work under any name.
    namespace: state !== 'ready' && !!name && !isFullStory(found) && [name as string, typeof found],
    region: !!region && region !== realm && [realm, region],
    twice: !!tags[1] && ['1', String(tags.length)],
    isOwn: address => {
      const [, , other] = address.split('/')
      return (!!tags[0] && other === host) || !!regionOf(other)
    },
    identified: cookie ? cookie.split('#').length > 3 : undefined,
    properties:
      (config as { user?: { properties?: Record<string, unknown> } } | undefined)?.user?.properties ?? {},
    devMode:
      (isFullStory(found) &&
        found.q?.some(([, options]) => /Dev Mode/.test((options as { name: string })?.name))) ||
      // At work it would be asked for its session.
      (state === 'hung' && /dev mode/.test(String(sdk?.getCurrentSessionURL?.()))),
  }
}

export const examine: Examine<ExaminedFullStory> = (...what) => {
  try {
    return look(...what)
  } catch {
    // Something of the page's own is in the way.
  }
}
