import type { NewInboxMessage } from '@retention-bridge/sandbox'
import type { Bridge } from '../../src/index.ts'

type Loose = (...given: unknown[]) => unknown

/** `FS` of a page: calls that no type would allow are made, too. */
export type LooseFullStory = Loose & Record<string, Loose>

/** `cioanalytics` of a page. */
export interface LooseCustomerIo extends Record<string, Loose> {
  identify: (...given: unknown[]) => Promise<unknown>
  track: (...given: unknown[]) => Promise<unknown>
  page: (...given: unknown[]) => Promise<unknown>
}

/** What a sequence may use of the page that it runs on: the doubles', or one with the vendors' real SDKs. */
export interface VendorPage {
  readonly FS: LooseFullStory
  readonly cioanalytics: LooseCustomerIo
  /** Waits until FullStory has a session. */
  started(): Promise<void>
  /** With `withBridge`: one that has found both. */
  readonly bridge: ParityBridge
  /** Waits until the bridge holds nothing. */
  delivered(): Promise<void>
}

/** A bridge with the flags that these sequences use. */
export type ParityBridge = Bridge<{
  vip_tier: { type: 'enum'; values: ['none', 'silver', 'gold'] }
  purchase_count: { type: 'int' }
}>

/** What is on a page before anything is carried out. */
export type OpenPage = Pick<VendorPage, 'FS' | 'cioanalytics'> & { readonly bridge?: ParityBridge }

/** What both vendors hold afterwards, in few words. */
export interface Summary {
  /** Rules that were broken, in order; FullStory's first. */
  rules: string[]
  /** FullStory's sessions: whose they are now, names of their events, and with which reason they ended. */
  sessions: [uid: string | null, events: string[], endReason?: number][]
  /** User properties by uid, `''` for anonymous users. */
  properties: Record<string, Record<string, unknown>>
  /** Customer.io's people, by id or address: names of their events, pages in brackets. */
  people: Record<string, string[]>
  attributes: Record<string, Record<string, unknown>>
  /** The same of those whom Customer.io does not know. */
  visitors: string[][]
}

/**
 * Calls of the vendors' SDKs, and what comes of them. Functions are sent to a page as text: they use nothing but what
 * they are given.
 */
export interface Sequence {
  what: string
  /** Right after the snippets, before any script is there. */
  preload?: (page: Pick<VendorPage, 'FS' | 'cioanalytics'>) => void
  /** There is a bridge between the calls and the SDKs. */
  withBridge?: boolean
  /** FullStory's script does not come. */
  isBlocked?: boolean
  /** What waits in Customer.io's inboxes before that. */
  inbox?: NewInboxMessage[]
  /** Answers are compared as JSON. */
  run: (page: VendorPage) => unknown
  /** What `run` answers, if that is the point. */
  answers?: unknown
  expected: Partial<Summary>
}

/** The last thing that is said in each sequence: when it has arrived, everything has. */
export const END = 'the_end'

/** Runs on any page, sent as text: carries out a sequence, and says the last thing. */
export const carryOut = async (
  page: OpenPage,
  run: Sequence['run'],
  end: string,
  isBlocked: boolean,
): Promise<unknown> => {
  const later = () => new Promise(resolve => setTimeout(resolve, 5))
  const started = async () => {
    while (typeof page.FS('getSession') !== 'string') await later()
  }
  if (!isBlocked) await started()
  while (!page.cioanalytics.initialized) await later()
  const { bridge } = page as VendorPage
  const delivered = async () => {
    const waits = () =>
      Object.values(bridge.status().vendors).some(({ state, held }) => state !== 'ready' || held > 0)
    while (waits()) await later()
  }
  if (bridge) await delivered()
  const all = { FS: page.FS, cioanalytics: page.cioanalytics, started, bridge, delivered }
  const answers = JSON.parse(JSON.stringify((await run(all)) ?? null))
  if (page.FS('getSession')) page.FS('trackEvent', { name: end, properties: {} })
  await page.cioanalytics.track(end)
  return answers
}
