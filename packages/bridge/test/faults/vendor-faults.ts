import { customerioSnippet, type Workspace } from '@retention-bridge/sandbox'
import { type Fault, midway, type Vendor } from './play.ts'

type Faults = Workspace['faults']

/** A vendor's servers misbehave as long as the visit lasts. */
const server = (faults: () => Partial<Faults>): Pick<Fault, 'begin'> => ({
  begin: ({ store }) => void Object.assign(store.faults, faults()),
})
/** They do so on the first page only. */
const atFirst = (faults: Partial<Faults>): Pick<Fault, 'begin' | 'between'> => ({
  begin: ({ store }) => void Object.assign(store.faults, faults),
  between: ({ store }) => {
    for (const part of Object.keys(faults) as (keyof Faults)[]) store.faults[part] = 'ok'
  },
})
/** Nothing reaches the vendor on either page, and all of it waits in the bridge. */
const ALL_LOST = {
  fullstory: {
    deaf: [['fullstory'], ['fullstory']],
    expected: { lostAtFullstory: 10, flagsLost: 4, held: 17 },
    because: 'it is not there',
  },
  customerio: {
    deaf: [['customerio'], ['customerio']],
    expected: { lostAtCustomerio: 13, held: 14 },
    because: 'it is not there',
  },
  both: {
    deaf: [
      ['fullstory', 'customerio'],
      ['fullstory', 'customerio'],
    ],
    expected: { lostAtCustomerio: 13, lostAtFullstory: 10, flagsLost: 4, held: 31 },
    because: 'they are not there',
  },
} satisfies Record<string, Partial<Fault>>
/** Nothing reaches the vendor, whose SDK takes all of it. */
const SWALLOWED = {
  swallows: true,
  deaf: [['customerio'], ['customerio']],
  expected: { lostAtCustomerio: 13 },
} satisfies Partial<Fault>

const HELD = 'what is held when a page is left is lost; who it is, and flags, go on on the next page'
const NOT_STARTED = 'capture never starts: the bridge holds what is said, as while the script is late'
const NOT_REPEATED = 'its SDK takes an answer of 500 for one (`plugins/customerio/fetch-dispatcher`)'

const deafAtFirst = (...vendors: Vendor[]): Pick<Fault, 'deaf'> => ({ deaf: [vendors, []] })

const SLOW = { delayMs: 2500 }

/** What each of them may suffer, by what the row is called. */
const fullstory: Omit<Fault, 'of' | 'group'>[] = [
  { what: 'absent', choice: { fullstory: 'none' }, ...ALL_LOST.fullstory },
  { what: 'script blocked', ...server(() => ({ fullstoryScript: 'blocked' })), ...ALL_LOST.fullstory },
  { what: 'script hangs', ...server(() => ({ fullstoryScript: 'hang' })), ...ALL_LOST.fullstory },
  { what: 'script answers 500', ...server(() => ({ fullstoryScript: 500 })), ...ALL_LOST.fullstory },
  {
    what: 'script answers 500 on the first page',
    ...atFirst({ fullstoryScript: 500 }),
    ...deafAtFirst('fullstory'),
    expected: { lostAtFullstory: 6, held: 10 },
    because: HELD,
  },
  { what: 'script 2.5 s late', ...server(() => ({ fullstoryScript: SLOW })) },
  {
    what: 'collector answers 500 three times',
    ...server(() => ({ fullstoryCollector: { first: 3, is: 500 } })),
  },
  {
    what: 'collector cuts three connections',
    ...server(() => ({ fullstoryCollector: { first: 3, is: 'blocked' } })),
  },
  {
    what: 'collector answers 500 from the login on, and no more when the page is left',
    afterBrowsing: midway(({ store }) => {
      store.faults.fullstoryCollector = 500
    }),
    between: ({ store }) => {
      store.faults.fullstoryCollector = 'ok'
    },
    ...deafAtFirst('fullstory'),
  },
  {
    what: 'collector answers 500',
    ...server(() => ({ fullstoryCollector: 500 })),
    ...ALL_LOST.fullstory,
    because: NOT_STARTED,
  },
  {
    what: 'collector hangs',
    ...server(() => ({ fullstoryCollector: 'hang' })),
    ...ALL_LOST.fullstory,
    because: NOT_STARTED,
  },
  {
    what: 'collector refuses capture (403)',
    ...server(() => ({ fullstoryCollector: 'blocked' })),
    ...ALL_LOST.fullstory,
    because: NOT_STARTED,
  },
  { what: 'collector 2.5 s late', ...server(() => ({ fullstoryCollector: SLOW })) },
  {
    what: 'throws on every call',
    choice: { fullstory: 'none', before: `window.FS = () => { throw new Error('broken') }` },
    ...ALL_LOST.fullstory,
    because: 'it takes no call',
  },
  {
    what: 'rejects every call',
    choice: {
      fullstory: 'none',
      before: `window.FS = () => Promise.reject(new Error('broken')); FS._v = '2.1.0'`,
    },
    ...ALL_LOST.fullstory,
    because: 'it takes no call',
  },
  {
    what: 'begins to throw in the middle of a page',
    afterBrowsing: midway(({ page }) =>
      page.evaluate(() => {
        const real = window.FS
        window.FS = Object.assign(() => {
          throw new Error('broken')
        }, real)
      }),
    ),
  },
  {
    what: 'replaced at run time by a wrapper',
    afterBrowsing: midway(({ page }) =>
      page.evaluate(() => {
        const real = window.FS
        window.FS = Object.assign((...args: unknown[]) => real(...args), real)
      }),
    ),
  },
  {
    what: 'loaded twice',
    afterBrowsing: ({ page, stage, store }) => page.addScriptTag({ content: stage.fullstorySnippet(store) }),
  },
  {
    what: 'replaced at run time by one that does nothing',
    afterBrowsing: midway(({ page }) =>
      page.evaluate(() => {
        window.FS = () => null
      }),
    ),
  },
]

const customerio: Omit<Fault, 'of' | 'group'>[] = [
  { what: 'absent', choice: { customerio: false }, ...ALL_LOST.customerio },
  { what: 'script blocked', ...server(() => ({ customerioScript: 'blocked' })), ...ALL_LOST.customerio },
  { what: 'script hangs', ...server(() => ({ customerioScript: 'hang' })), ...ALL_LOST.customerio },
  { what: 'script answers 500', ...server(() => ({ customerioScript: 500 })), ...ALL_LOST.customerio },
  {
    what: 'script answers 500 on the first page',
    ...atFirst({ customerioScript: 500 }),
    ...deafAtFirst('customerio'),
    expected: { lostAtCustomerio: 7, held: 8 },
    because: HELD,
  },
  { what: 'script 2.5 s late', ...server(() => ({ customerioScript: SLOW })) },
  { what: 'settings blocked', ...server(() => ({ customerioSettings: 'blocked' })), ...ALL_LOST.customerio },
  { what: 'settings hang', ...server(() => ({ customerioSettings: 'hang' })), ...ALL_LOST.customerio },
  { what: 'settings answer 500', ...server(() => ({ customerioSettings: 500 })), ...ALL_LOST.customerio },
  {
    what: 'settings answer 500 on the first page',
    ...atFirst({ customerioSettings: 500 }),
    ...deafAtFirst('customerio'),
    expected: { lostAtCustomerio: 7, held: 8 },
    because: HELD,
  },
  { what: 'settings 2.5 s late', ...server(() => ({ customerioSettings: SLOW })) },
  {
    what: 'collector answers 500 once',
    ...server(() => ({ customerioCollector: { first: 1, is: 500 } })),
    expected: { lostAtCustomerio: 1 },
    because: NOT_REPEATED,
  },
  {
    what: 'collector answers 500 to the login',
    begin: ({ visitor }) => visitor.route('**/v1/i', route => route.fulfill({ status: 500 }), { times: 1 }),
    expected: { lostAtCustomerio: 1, notJoined: 4 },
    because: `${NOT_REPEATED}, and keeps the person as told`,
  },
  {
    what: 'collector cuts three connections',
    ...server(() => ({ customerioCollector: { first: 3, is: 'blocked' } })),
  },
  {
    what: 'collector answers 500',
    ...server(() => ({ customerioCollector: 500 })),
    ...SWALLOWED,
    because: NOT_REPEATED,
  },
  {
    what: 'collector blocked',
    ...server(() => ({ customerioCollector: 'blocked' })),
    ...SWALLOWED,
    because: 'its SDK keeps trying as long as the page is there, and on the next one',
  },
  {
    what: 'collector hangs',
    // On the way, so that it does not use up the browser's connections to this host.
    begin: ({ visitor }) => visitor.route(/\/v1\/[itp]$/, () => {}),
    ...SWALLOWED,
    because: 'its SDK waits for an answer',
  },
  { what: 'collector 2.5 s late', ...server(() => ({ customerioCollector: SLOW })) },
  { what: 'in-app messages blocked', ...server(() => ({ inApp: 'blocked' })) },
  { what: 'in-app messages answer 500', ...server(() => ({ inApp: 500 })) },
  { what: 'in-app messages hang', ...server(() => ({ inApp: 'hang' })) },
  {
    what: 'throws on every call',
    choice: {
      customerio: false,
      before: `window.cioanalytics = new Proxy({}, { get() { throw new Error('broken') } })`,
    },
    ...ALL_LOST.customerio,
    because: 'it takes no call',
  },
  {
    what: 'begins to throw in the middle of a page',
    afterBrowsing: midway(({ page }) =>
      page.evaluate(() => {
        const sdk = window.cioanalytics as unknown as Record<string, unknown>
        for (const name of ['identify', 'track', 'page', 'reset', 'user'])
          sdk[name] = () => {
            throw new Error('broken')
          }
      }),
    ),
    ...deafAtFirst('customerio'),
    expected: { lostAtCustomerio: 3, dropped: 4 },
    because: 'a call that throws is dropped, and not made again',
  },
  {
    what: 'begins to reject in the middle of a page',
    afterBrowsing: midway(({ page }) =>
      page.evaluate(() => {
        const sdk = window.cioanalytics as unknown as Record<string, unknown>
        for (const name of ['identify', 'track', 'page'])
          sdk[name] = () => Promise.reject(new Error('broken'))
      }),
    ),
    ...deafAtFirst('customerio'),
    expected: { lostAtCustomerio: 3 },
    because: 'a call that is rejected is not made again',
  },
  {
    what: 'replaced at run time by a wrapper',
    afterBrowsing: midway(({ page }) =>
      page.evaluate(`window.cioanalytics = new Proxy(window.cioanalytics, {
        get(target, name) {
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })`),
    ),
  },
  {
    what: 'replaced at run time by one that does nothing',
    afterBrowsing: midway(({ page }) => page.evaluate('window.cioanalytics = []')),
  },
  {
    what: 'snippet there twice',
    afterBrowsing: async ({ page, stage, store }) => {
      const { origin } = stage.sandbox
      await page.addScriptTag({ content: customerioSnippet({ origin, workspace: store.id }) })
    },
  },
  {
    what: 'script loaded twice',
    afterBrowsing: midway(({ page }) =>
      page.evaluate(`{
        const first = document.querySelector('script[data-global-customerio-analytics-key]')
        const again = document.createElement('script')
        for (const { name, value } of first.attributes) again.setAttribute(name, value)
        document.head.append(again)
      }`),
    ),
  },
]

const both: Omit<Fault, 'of' | 'group'>[] = [
  {
    what: 'absent',
    choice: { fullstory: 'none', customerio: false },
    ...ALL_LOST.both,
  },
  {
    what: 'scripts blocked',
    ...server(() => ({ fullstoryScript: 'blocked', customerioScript: 'blocked' })),
    ...ALL_LOST.both,
  },
  {
    what: 'scripts 2.5 s late',
    ...server(() => ({ fullstoryScript: SLOW, customerioScript: SLOW })),
  },
  {
    what: 'collectors 2.5 s late',
    ...server(() => ({ fullstoryCollector: SLOW, customerioCollector: SLOW })),
  },
]

export const VENDOR_FAULTS: Fault[] = [
  ...fullstory.map((fault): Fault => ({ group: 'FullStory', of: 'fullstory', ...fault })),
  ...customerio.map((fault): Fault => ({ group: 'Customer.io', of: 'customerio', ...fault })),
  ...both.map((fault): Fault => ({ group: 'Both', of: 'both', ...fault })),
]
