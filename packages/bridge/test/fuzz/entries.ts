import { carryLink, readCarry } from '../../src/carry/index.ts'
import { initCheckout } from '../../src/checkout/index.ts'
import {
  allConsents,
  cookieConsent,
  eachConsent,
  gpcConsent,
  shopifyConsent,
} from '../../src/consent/index.ts'
import { diagnose, mountPanel } from '../../src/doctor/index.ts'
import { watchFriction } from '../../src/friction/index.ts'
import { inAppEvents } from '../../src/in-app/index.ts'
import { inboxFlags } from '../../src/inbox/index.ts'
import { createBridge, defineFlags } from '../../src/index.ts'
import { anonymousIdFlag, replayTrait } from '../../src/replay/index.ts'
import { campaignFlags, pageFlags } from '../../src/sources/index.ts'
import { flagTraits } from '../../src/traits/index.ts'
import { type FuzzPage, flags, leaveFuzzPage, openNewFuzzPage } from './page.ts'

type Loose = (...args: unknown[]) => unknown
type Run = (page: FuzzPage, args: unknown[]) => unknown

/** A page's own function that throws has its error thrown as the page's, which is not what is looked for. */
const noFunction = (args: unknown[]) => args.map(value => (typeof value === 'function' ? () => {} : value))

const METHODS =
  'identify guest setFlags clearFlags track page logout impersonate setConsent status ready flush destroy'

/** One of these words, by a value of any kind. */
const among = (words: string[], value: unknown): string => {
  const place = typeof value === 'string' ? value.length : typeof value === 'number' ? Math.abs(value) : 0
  return words[Math.trunc(place % words.length)] ?? (words[0] as string)
}
const OPTIONS =
  'flags consent identity timeout maxFlags debug important allowSensitive replayLinks customerio fullstory'
const word = (value: unknown) => among(OPTIONS.split(' '), value)

/** Ends what was begun. */
const ended = (end: unknown) => {
  ;(end as () => void)()
}
const withBridge =
  (act: unknown): Run =>
  ({ bridge }, args) =>
    (act as Loose)(bridge, ...args)
const begun =
  (act: unknown): Run =>
  (page, args) =>
    ended(withBridge(act)(page, args))

/** Begins to ask for consent, hears the first answer, and ends. */
const source =
  (create: unknown): Run =>
  (_, args) => {
    const lifetime = new AbortController()
    const start = (create as Loose)(...noFunction(args)) as Loose
    start(() => {}, lifetime.signal)
    lifetime.abort()
  }

const moment =
  (name: string): Run =>
  ({ bridge }, args) =>
    (initCheckout(bridge) as unknown as Record<string, Loose>)[name]?.(...args)

/** Every public entry, and how often more than others it has its turn. A name in parentheses says what of it. */
export const ENTRIES: [name: string, run: Run, share?: number][] = [
  [
    'createBridge',
    (_, [config]) => {
      leaveFuzzPage()
      return createBridge(config as never) && undefined
    },
    2,
  ],
  [
    'createBridge (an option)',
    (_, [value, name]) => openNewFuzzPage({ [word(name)]: value }) && undefined,
    2,
  ],
  ['defineFlags', (_, [plan]) => defineFlags(plan as never) && undefined],
  ...METHODS.split(' ').map((name): [string, Run, number?] => [
    name,
    ({ bridge }, args) => bridge[name]?.(...args),
    /identify|setFlags|track/.test(name) ? 3 : 1,
  ]),
  [
    'setFlags (a flag)',
    ({ bridge }, [value, name]) => bridge.setFlags({ [among(Object.keys(flags), name)]: value } as never),
    2,
  ],
  [
    'identify (a trait)',
    ({ bridge }, [value]) => bridge.identify('cust_1', { traits: { first_name: value } }),
  ],
  ['track (a property)', ({ bridge }, [value]) => bridge.track('viewed', { price: value })],
  ['on', ({ bridge }, args) => ended((bridge.on as Loose)(...noFunction(args)))],
  ['carryLink', withBridge(carryLink)],
  ['readCarry', withBridge(readCarry)],
  ['initCheckout', withBridge(initCheckout)],
  ...'started contact step completed paymentFailed abandoned'
    .split(' ')
    .map((name): [string, Run] => [`initCheckout().${name}`, moment(name)]),
  ['inboxFlags', begun(inboxFlags)],
  ['inAppEvents', begun(inAppEvents)],
  ['campaignFlags', withBridge(campaignFlags)],
  ['pageFlags', withBridge(pageFlags)],
  ['flagTraits', begun(flagTraits)],
  ['replayTrait', begun(replayTrait)],
  ['anonymousIdFlag', begun(anonymousIdFlag)],
  ['watchFriction', begun(watchFriction)],
  ['diagnose', withBridge(diagnose)],
  ['mountPanel', begun(mountPanel)],
  ['gpcConsent', source(gpcConsent)],
  ['cookieConsent', source(cookieConsent)],
  ['shopifyConsent', source(shopifyConsent)],
  ['allConsents', source(allConsents)],
  ['eachConsent', source(eachConsent)],
]
