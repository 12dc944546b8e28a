import type { BrowserContext } from 'playwright-core'
import { type Fault, midway, type Scene } from './play.ts'

const HELD = 'what is held when a page is left is lost; who it is, and flags, go on on the next page'

const storage = (what: string, before: string, more: Partial<Fault> = {}): Fault => ({
  group: 'Storage',
  of: 'both',
  what,
  choice: { before },
  ...more,
})

/** Customer.io's SDK fails where its queue cannot be kept; the bridge holds what it is not there for. */
const NO_SDK = (where: string): Partial<Fault> => ({
  deaf: [['customerio'], ['customerio']],
  expected: { lostAtCustomerio: 13, held: 14 },
  because: `Customer.io's SDK does not start without storage (\`${where}\`)`,
})

/** As browsers do it when the visitor has forbidden a site its data. */
const DENIED = `for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })`

const REFUSED = `for (const method of ['getItem', 'setItem', 'removeItem'])
  Storage.prototype[method] = () => { throw new DOMException('denied', 'SecurityError') }`

/** Until not a character more fits. */
const FULL = `if (localStorage.getItem('filler0') === null)
  for (let size = 2 ** 21, count = 0; size >= 1; ) try {
    localStorage.setItem('filler' + count, 'x'.repeat(size))
    count++
  } catch { size /= 2 }`

/** What a page finds in its storage, put there once. */
const holding = (entries: Record<string, string>) =>
  `if (!sessionStorage.damaged) {
    sessionStorage.damaged = 1
    for (const [key, text] of Object.entries(${JSON.stringify(entries)})) localStorage.setItem(key, text)
  }`

const HOSTILE = JSON.stringify({
  v: 1,
  log: [{ n: 0, id: null, guest: null, __proto__: { polluted: true } }],
  told: [0, 0],
  flags: {
    vip_tier: { value: 'leak-of-a-value', at: 1e300, source: '<img src=x onerror=alert(1)>' },
    unheard_of: { value: 'leak-of-a-flag', at: 1 },
    purchase_count: { value: { toString: 1 }, at: 'soon' },
  },
}).replace(
  '"guest":null',
  '"guest":null,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
)

const BROKEN_SDK = {
  ajs_user_traits: '[[',
  ajs_anonymous_id: 'undefined',
  'gist.web.userToken': '{',
  'gist.web.guestUserToken': '][',
}
const BROKEN_QUEUE = {
  'persisted-queue:v1:ws:dest-Customer.io-Data-Pipelines:items': '{"a":',
}

const STORAGE: Fault[] = [
  storage('full', FULL, NO_SDK('lib/priority-queue/persisted')),
  storage('denied: it throws when it is asked for', DENIED, NO_SDK('lib/priority-queue/persisted')),
  storage('denied: it throws when it is asked for, without in-app messages', DENIED, {
    begin: ({ store }) => {
      store.settings.inApp = false
    },
    expected: { doubled: 1 },
    because: 'nobody can remember that Customer.io knows the person: each page tells it',
  }),
  storage('denied: each of its methods throws', REFUSED, NO_SDK('lib/priority-queue/persisted')),
  storage('garbage under our key', holding({ retention_bridge: '{"v":1,"log":[{' })),
  storage('hostile JSON under our key', holding({ retention_bridge: HOSTILE })),
  storage('a megabyte under our key', holding({ retention_bridge: `{"v":1,"log":[${'0,'.repeat(5e5)}0]}` })),
  storage("garbage under the SDK's keys", holding(BROKEN_SDK)),
  storage("somebody else's id under the SDK's key", holding({ ajs_user_id: '"E"' }), {
    expected: { atWrongPerson: 4 },
    because: 'the SDK itself answers that it is them (`user().id()`) until the login',
  }),
  storage("garbage in the SDK's queue", holding(BROKEN_QUEUE)),
  storage(
    'garbage in the cookies',
    `document.cookie = 'fs_uid=#%%#'; document.cookie = 'ajs_anonymous_id=%'`,
  ),
  {
    group: 'Storage',
    of: 'both',
    what: 'emptied in the middle of a page',
    afterBrowsing: ({ page }) => page.evaluate(() => localStorage.clear()),
  },
]

/** The computer's clock is set; what counts milliseconds since the page began goes on, as it does in browsers. */
const CLOCK = `{
  const Real = Date
  let offset = Number(sessionStorage.clock ?? 0)
  window.setClock = hours => { offset += hours * 36e5; sessionStorage.clock = offset }
  window.Date = class extends Real {
    constructor(...args) { super(...(args.length ? args : [Real.now() + offset])) }
    static now() { return Real.now() + offset }
  }
}`

const setClock = (hours: number) => (scene: Scene) => scene.page.evaluate(by => window.setClock(by), hours)

const clock = (what: string, more: Partial<Fault>): Fault => ({
  group: 'Clock',
  of: 'both',
  what,
  choice: { before: CLOCK },
  ...more,
})

const BY_TIME =
  'FullStory (as the sandbox has it) keeps the value with the later time, which is that of the first page'

const CLOCKS: Fault[] = [
  clock('6 hours forward before the login', { afterBrowsing: setClock(6) }),
  clock('6 hours forward after the login', { afterLogin: setClock(6) }),
  clock('6 hours back before the login, and right again on the next page', {
    afterBrowsing: setClock(-6),
    between: setClock(6),
  }),
  clock('6 hours back before the login', {
    // FullStory's clock on a page is never set back: it has to run first, for the page to have the later time.
    afterBrowsing: midway(setClock(-6)),
    expected: { flagsLost: 1 },
    because: BY_TIME,
  }),
  clock('6 hours back after the login', {
    afterLogin: midway(setClock(-6)),
    expected: { flagsLost: 1 },
    because: BY_TIME,
  }),
]

/** Those of the first page are never answered, not even when it is left. */
const hangingFiles = (): Partial<Fault> => {
  const left = new WeakSet<BrowserContext>()
  return {
    begin: ({ visitor }) =>
      visitor.route('**/dist/chunks/**', route => (left.has(visitor) ? route.continue() : undefined)),
    between: ({ visitor }) => void left.add(visitor),
  }
}

const NETWORK: Fault[] = [
  {
    group: 'Network',
    of: 'both',
    what: 'offline from before the login until all is said on the page',
    afterBrowsing: midway(({ visitor }) => visitor.setOffline(true)),
    afterLogin: ({ visitor }) => visitor.setOffline(false),
  },
  {
    group: 'Network',
    of: 'both',
    what: 'offline from the login on, until the page is about to be left',
    afterBrowsing: midway(({ visitor }) => visitor.setOffline(true)),
    deaf: [['customerio', 'fullstory'], []],
    between: ({ visitor }) => visitor.setOffline(false),
  },
  {
    group: 'Network',
    of: 'both',
    what: 'our own files are blocked, but for the first',
    begin: ({ visitor }) => visitor.route('**/dist/chunks/**', route => route.abort()),
    deaf: [
      ['customerio', 'fullstory'],
      ['customerio', 'fullstory'],
    ],
    expected: { lostAtCustomerio: 13, lostAtFullstory: 10, flagsLost: 4, held: 31 },
    because: 'what calls the vendors is in them',
  },
  {
    group: 'Network',
    of: 'both',
    what: 'our own files hang on the first page, but for the first',
    ...hangingFiles(),
    deaf: [['customerio', 'fullstory'], []],
    expected: { lostAtCustomerio: 7, lostAtFullstory: 6, held: 18 },
    because: HELD,
  },
]

const CLOSING =
  "Customer.io's SDK sends some tasks after it was called (`core/queue/event-queue`): what is in there is lost with the page; who has logged in may be, too, or is said twice"

const hangsOnce = () => ({ first: 1, is: 'hang' }) as const

const LEAVING: Fault[] = [
  {
    group: 'Leaving',
    of: 'both',
    what: 'the next page in the task of the last call',
    leaves: 'at once',
    expected: { lostAtCustomerio: '≤ 7', doubled: '≤ 1' },
    because: CLOSING,
  },
  {
    group: 'Leaving',
    of: 'both',
    what: 'the next page before the vendors have loaded',
    leaves: 'at once',
    isEarly: true,
    // The first page's scripts never come, however long it takes to leave it.
    begin: ({ store }) => {
      const [customerioScript, fullstoryScript] = [hangsOnce(), hangsOnce()]
      Object.assign(store.faults, { customerioScript, fullstoryScript })
    },
    // One that the first page was left without asking for would keep the second one waiting.
    between: ({ store }) => {
      Object.assign(store.faults, { customerioScript: 'ok', fullstoryScript: 'ok' })
    },
    expected: { lostAtCustomerio: 7, lostAtFullstory: 6 },
    because: HELD,
  },
  {
    group: 'Leaving',
    of: 'both',
    what: 'the tab is closed right after the last call',
    leaves: 'closed',
    expected: { lostAtCustomerio: '≤ 8', doubled: '≤ 1', notJoined: '≤ 4' },
    because: CLOSING,
  },
  {
    group: 'Leaving',
    of: 'both',
    what: 'the tab crashes right after the last call, without hearing that it is left',
    leaves: 'crashed',
    expected: { lostAtCustomerio: '≤ 8', lostAtFullstory: '≤ 6', doubled: '≤ 1', notJoined: '≤ 4' },
    because: 'nothing runs in a page that crashes; who has logged in may be lost, too, or is said twice',
  },
]

export const BROWSER_FAULTS: readonly Fault[] = [...STORAGE, ...CLOCKS, ...NETWORK, ...LEAVING]

declare global {
  interface Window {
    setClock(hours: number): void
  }
}
