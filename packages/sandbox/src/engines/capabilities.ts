export const ENGINES = ['chromium', 'firefox', 'webkit'] as const
export type Engine = (typeof ENGINES)[number]

/** What tests may ask of an engine beyond what every one of them does. */
export type Capability =
  | 'back-forward-cache'
  | 'clipboard'
  | 'clock'
  | 'closing-tab'
  | 'color-scheme'
  | 'connection-reports'
  | 'csp-reports'
  | 'deleted-cookies'
  | 'devtools'
  | 'dialogs'
  | 'failed-resource-timing'
  | 'focus-in-background'
  | 'frame-pointer'
  | 'frames'
  | 'integrity-report'
  | 'intercept-https'
  | 'late-navigation'
  | 'layout-shift'
  | 'narrow-window'
  | 'navigation-api'
  | 'popups'
  | 'response-status'
  | 'restored-tab-storage'
  | 'touch'

/** What an engine, as it can be driven here, lacks, and why. */
export const LACKING: Record<Engine, Partial<Record<Capability, string>>> = {
  chromium: {},
  firefox: {
    devtools:
      'Firefox has no DevTools protocol any more: pages cannot be frozen, nor their memory be measured',
    clipboard: 'the permission to read the clipboard is not granted by way of WebDriver BiDi',
    'closing-tab': 'what a page sends while its tab is closed does not always arrive',
    'csp-reports':
      'Firefox has no ReportingObserver: what a policy refused before somebody listened is not to be known',
    'focus-in-background': 'Firefox has one window at a time in which fields get the focus',
    'frame-pointer':
      'Playwright does not find out by way of WebDriver BiDi where a frame of another origin is',
    'integrity-report': 'Firefox does not tell its driver that a file was refused for its hash',
    'intercept-https':
      'WebDriver BiDi does not tell what an intercepted request posts, which therefore cannot be passed on',
    'late-navigation': 'a navigation that a test answers late, by nothing, ends the page in Firefox’s driver',
    'layout-shift': 'Firefox reports neither layout shifts nor what blocks rendering',
    'restored-tab-storage':
      'a page out of the back/forward cache has the sessionStorage of when it was left, whatever other pages wrote',
    touch: 'contexts of an unmodified Firefox have no touch screen',
  },
  webkit: {
    devtools: 'WebDriver cannot freeze a page, nor measure its memory',
    clipboard: 'WebDriver has no command for permissions',
    clock: 'WebDriver has no command for the clock of a page',
    'connection-reports': 'WebKitGTK does not report connections that a policy refused',
    'csp-reports': 'WebKitGTK does not report what a policy refused before somebody listened',
    'color-scheme': 'WebDriver has no command for the preferred color scheme',
    'deleted-cookies':
      'a cookie that was deleted can be there again for some milliseconds, and an SDK that is asked then goes by it',
    'failed-resource-timing': 'WebKit keeps no resource timing of a script that could not be loaded',
    dialogs: 'a dialog of the page ends the command of WebDriver that is under way',
    'focus-in-background': 'a display has one window that has the focus',
    'frame-pointer': 'WebKitGTK’s driver presses at places of the page, not of a frame in it',
    frames: 'WebDriver finds frames by their elements only, not by their addresses',
    'integrity-report': 'what the browser itself writes to its console WebDriver does not tell',
    'intercept-https': 'requests are intercepted by a proxy, which cannot read what is encrypted',
    'layout-shift': 'WebKitGTK does not report layout shifts',
    'narrow-window': 'windows of WebKitGTK’s MiniBrowser are at least as wide as its toolbar',
    'navigation-api':
      'pages have no Navigation API in WebKitGTK yet, without which a closing tab cannot be told from a link',
    popups: 'windows that a page opens are not followed',
    'response-status': 'WebKit does not tell pages the statuses of their requests',
    touch: "WebKitGTK's driver has no pointer of type touch",
  },
}

/** The engine that the tests are run on: `RB_ENGINE`, else Chromium. */
export const engine = (): Engine => {
  const asked = process.env.RB_ENGINE ?? 'chromium'
  const known = ENGINES.find(name => name === asked)
  if (!known) throw new Error(`RB_ENGINE is ${asked}, and not one of ${ENGINES.join(', ')}`)
  return known
}

/** Thrown where an engine is asked for what it lacks. */
export class LackingCapability extends Error {
  constructor(
    readonly capability: Capability,
    readonly note = `${capability}: ${LACKING[engine()][capability] ?? 'not on this machine'}`,
  ) {
    super(`${engine()} lacks ${note}`)
  }
}

let onLack: (lack: LackingCapability) => void = () => {}
/** Tells of each time that an engine is asked for what it lacks, before that throws. */
export const whenLacking = (listener: typeof onLack) => {
  onLack = listener
}

/** Whether an engine has what only a part of a test needs. */
export const can = (capability: Capability): boolean => LACKING[engine()][capability] === undefined

/** To be called before a capability is used, which then is not if the engine lacks it: the test ends as skipped. */
export const need = (capability: Capability): void => {
  if (!can(capability)) lack(capability)
}

/** As {@link need}, of what turned out to be missing. */
export const lack = (capability: Capability, note?: string): never => {
  const missing = new LackingCapability(capability, note && `${capability}: ${note}`)
  onLack(missing)
  throw missing
}
