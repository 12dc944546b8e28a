import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { need } from '../capabilities.ts'
import type { WebKitContext } from './context.ts'
import { evaluate, PAGE_KEY, type Turn, until } from './evaluate.ts'
import { frameIn } from './frame.ts'
import { keyboardOf } from './keyboard.ts'
import { Locator, type Place } from './locator.ts'
import { mouseOf } from './mouse.ts'
import type { PageRecord } from './page-record.ts'
import type { ProxiedRequest, ProxiedResponse } from './proxy.ts'
import { type RoleOptions, selectors, type Text, urlMatches } from './selectors.ts'
import { waitForEvent } from './wait-for-event.ts'

type Wanted<T> = string | RegExp | ((it: T) => boolean | Promise<boolean>)
interface Loading {
  waitUntil?: 'load' | 'domcontentloaded' | 'networkidle' | 'commit'
  timeout?: number
}
interface Seen {
  id?: string
  url: string
  state: string
}

const READY = {
  commit: ['loading', 'interactive', 'complete'],
  domcontentloaded: ['interactive', 'complete'],
}

/** Playwright's page, as far as it is used, on a window of a WebDriver session. */
export class WebKitPage extends EventEmitter {
  private closed = false
  private address = 'about:blank'
  private readonly turn: Turn
  readonly keyboard: ReturnType<typeof keyboardOf>
  readonly mouse: ReturnType<typeof mouseOf>
  private readonly place: Place

  constructor(
    private readonly owner: WebKitContext,
    readonly handle: string,
  ) {
    super()
    this.setMaxListeners(0)
    this.turn = act => owner.turn(handle, act)
    this.keyboard = keyboardOf(this.turn)
    this.mouse = mouseOf(this.turn)
    this.place = {
      ask: (script, argument) =>
        evaluate(this.turn, script, argument, { injected: true, onDocument: this.isDocument }),
      mouse: this.mouse,
      keyboard: this.keyboard,
    }
  }

  private isDocument = (id: string, records: PageRecord[] = []) => {
    this.owner.hearing.isDocumentOf(id, this)
    records.forEach(this.owner.hearing.hear)
  }

  context = () => this.owner
  url = () => this.address
  isClosed = () => this.closed

  evaluate = (script: unknown, argument?: unknown) =>
    evaluate(this.turn, script, argument, { onDocument: this.isDocument }).finally(() =>
      this.look().catch(() => {}),
    )

  waitForFunction = (script: unknown, argument?: unknown, { timeout }: { timeout?: number } = {}) => {
    const asked = typeof script === 'function' ? `(${script})(argument)` : `(${script})`
    // In a list: of a function, say, only that there is one can be told.
    const found = `async argument => { const value = await ${asked}; return value ? [value] : null }`
    return until(
      async () =>
        ((await evaluate(this.turn, found, argument, { onDocument: this.isDocument })) as unknown[] | null) ??
        undefined,
      () => `page.waitForFunction(${script}) on ${this.address}`,
      timeout,
    ).then(([value]) => ({ jsonValue: async () => value }))
  }

  waitForTimeout = (milliseconds: number) => pause(milliseconds)

  /** Where the page is, in the words of its document. */
  private look = async (): Promise<Seen> => {
    const seen = (await this.turn(driver =>
      driver.executeScript(
        `const kept = window[Symbol.for(${JSON.stringify(PAGE_KEY)})]; return { id: kept && kept.id, url: location.href, state: document.readyState }`,
      ),
    )) as Seen
    if (seen.id) this.owner.hearing.isDocumentOf(seen.id, this)
    this.address = seen.url
    return seen
  }

  /** Waits for another document than the one before, or another address of the same. */
  private arrive = async (
    before: Seen,
    act: () => Promise<unknown>,
    { waitUntil = 'load', timeout }: Loading,
  ) => {
    await act()
    const states = READY[waitUntil as 'commit'] ?? ['complete']
    await until(
      async () => {
        const seen = await this.look()
        const isOther = seen.id !== before.id || (seen.url !== before.url && seen.url !== 'about:blank')
        return isOther && states.includes(seen.state) ? true : undefined
      },
      () => `page.goto: waiting for ${waitUntil}, at ${this.address}`,
      timeout,
    )
    return null
  }

  goto = async (url: string, loading: Loading = {}) => {
    const before = await this.look()
    return this.arrive(before, () => this.turn(driver => driver.get(url)), loading)
  }
  reload = async (loading: Loading = {}) =>
    this.arrive(await this.look(), () => this.turn(driver => driver.navigate().refresh()), loading)

  waitForURL = (
    wanted: string | RegExp | ((url: URL) => boolean),
    { waitUntil = 'load', timeout }: Loading = {},
  ) =>
    until(
      async () => {
        const { url, state } = await this.look()
        return urlMatches(url, wanted) && (READY[waitUntil as 'commit'] ?? ['complete']).includes(state)
          ? true
          : undefined
      },
      () => `page.waitForURL(${wanted}) at ${this.address}`,
      timeout,
    ).then(() => {})
  waitForLoadState = async (state: Loading['waitUntil'] = 'load') => {
    await until(
      async () =>
        (READY[state as 'commit'] ?? ['complete']).includes((await this.look()).state) ? true : undefined,
      () => `page.waitForLoadState(${state})`,
    )
    if (state === 'networkidle') await this.owner.idle()
  }

  waitForEvent = (
    name: string,
    predicate?: ((it: never) => unknown) | { predicate?: (it: never) => unknown },
  ) => waitForEvent(this, name, predicate)
  waitForRequest = (wanted: Wanted<ProxiedRequest>) => waitForEvent(this, 'request', matching(wanted))
  waitForResponse = (wanted: Wanted<ProxiedResponse>) => waitForEvent(this, 'response', matching(wanted))

  /** What a document of this page has said. */
  said = ({ kind, name, text }: PageRecord) => {
    if (kind === 'pageerror') {
      const error = Object.assign(new Error(text), { name })
      this.emit('pageerror', error)
      this.owner.emit('weberror', { error: () => error, page: () => this })
      return
    }
    const message = { type: () => kind, text: () => text, args: () => [], page: () => this }
    this.emit('console', message)
    this.owner.emit('console', message)
  }

  addScriptTag = async ({ content, url }: { content?: string; url?: string }) => {
    await this.evaluate(
      ({ content, url }: { content?: string; url?: string }) =>
        new Promise<void>((resolve, reject) => {
          const script = document.createElement('script')
          if (content !== undefined) script.text = content
          else {
            script.src = url ?? ''
            script.onload = () => resolve()
            script.onerror = reject
          }
          document.head.append(script)
          if (content !== undefined) resolve()
        }),
      { content, url },
    )
  }
  addInitScript = (script: unknown, argument?: unknown) => this.owner.addInitScript(script, argument)
  route = (match: unknown, handler: never) => this.owner.route(match, handler)
  unroute = (match: unknown) => this.owner.unroute(match)
  unrouteAll = () => this.owner.unrouteAll()

  locator = (selector: string, filter?: Parameters<Locator['filter']>[0]) =>
    new Locator(this.place, selector).filter(filter)
  getByRole = (role: string, options?: RoleOptions) => this.locator(selectors.role(role, options))
  getByText = (text: Text, options?: { exact?: boolean }) => this.locator(selectors.text(text, options))
  getByLabel = (text: Text, options?: { exact?: boolean }) => this.locator(selectors.label(text, options))
  frameLocator = (selector: string) => frameIn(this.turn, selector)
  waitForSelector = async (selector: string, options?: { state?: string; timeout?: number }) => {
    await this.locator(selector).waitFor(options)
  }
  click = (selector: string, options?: object) => this.locator(selector).first().click(options)
  dblclick = (selector: string) => this.locator(selector).first().dblclick()
  fill = (selector: string, value: string) => this.locator(selector).first().fill(value)
  focus = (selector: string) => this.locator(selector).first().focus()
  press = (selector: string, key: string) => this.locator(selector).first().press(key)
  check = (selector: string) => this.locator(selector).first().check()
  textContent = (selector: string) => this.locator(selector).first().textContent()
  selectOption = (selector: string, wanted: string) => this.locator(selector).first().selectOption(wanted)
  title = () => this.evaluate('document.title')
  content = () => this.evaluate('document.documentElement.outerHTML')

  bringToFront = () => this.turn(async () => {})
  setViewportSize = (size: { width: number; height: number }) => this.owner.resize(this.handle, size)
  screenshot = () => this.turn(async driver => Buffer.from(await driver.takeScreenshot(), 'base64'))
  get touchscreen(): { tap(): void } {
    return { tap: () => need('touch') }
  }
  get clock() {
    return this.owner.clock
  }

  close = async () => {
    if (this.closed) return
    this.closed = true
    await this.owner.closeWindow(this.handle)
    this.emit('close', this)
  }
}

const matching =
  <T extends { url(): string }>(wanted: Wanted<T>) =>
  (it: T) =>
    typeof wanted === 'function' ? wanted(it) : urlMatches(it.url(), wanted)
