import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { WebDriver } from 'selenium-webdriver'
import { lack, need } from '../capabilities.ts'
import { cookiesOf } from './cookies.ts'
import { type Driven, startDriven } from './driver.ts'
import { PAGE_KEY, type Turn } from './evaluate.ts'
import { Hearing } from './hearing.ts'
import { WebKitPage } from './page.ts'
import { RECORD_PATH, recordInPage } from './page-record.ts'
import { type OpenProxy, openProxy, type ProxiedRequest } from './proxy.ts'
import { handle, type Route, type RouteHandler } from './route.ts'
import { urlMatches } from './selectors.ts'
import { literal } from './serialize.ts'
import { waitForEvent } from './wait-for-event.ts'

export interface ContextOptions {
  viewport?: { width: number; height: number }
  colorScheme?: string
  hasTouch?: boolean
}

const VIEWPORT = { width: 1280, height: 720 }

/** Playwright's browser context, as far as it is used: a WebDriver session, and the proxy of its own. */
export class WebKitContext extends EventEmitter {
  private current = ''
  private queue: Promise<unknown> = Promise.resolve()
  private readonly routes: { match: unknown; handler: RouteHandler }[] = []
  private readonly scripts: string[] = []
  private readonly open = new Set<WebKitPage>()
  readonly hearing = new Hearing(this.open)
  private readonly pending = new Set<ProxiedRequest>()
  private first = true
  private driven!: Driven
  private proxy!: OpenProxy

  private constructor(private readonly options: ContextOptions) {
    super()
    this.setMaxListeners(0)
  }

  static start = async (display: string, options: ContextOptions = {}): Promise<WebKitContext> => {
    if (options.colorScheme && options.colorScheme !== 'light') need('color-scheme')
    const context = new WebKitContext(options)
    context.proxy = await openProxy({
      decide: request => context.decide(request),
      onRequest: request => {
        context.pending.add(request)
        context.tell('request', request)
      },
      onFailed: request => {
        context.pending.delete(request)
        context.tell('requestfailed', request)
      },
      onResponse: response => {
        context.pending.delete(response.request())
        context.tell('response', response)
      },
      onRecord: context.hearing.hear,
      script: () => context.documentScript(),
    })
    context.driven = await startDriven(display, context.proxy.port)
    return context
  }

  get driver(): WebDriver {
    return this.driven.driver
  }

  /** One after the other: a session has one current window. */
  turn = <T>(window: string, act: Parameters<Turn>[0]): Promise<T> => {
    const mine = this.queue.then(async () => {
      if (this.current !== window) {
        await this.driver.switchTo().window(window)
        this.current = window
      }
      return act(this.driver) as Promise<T>
    })
    this.queue = mine.catch(() => {})
    return mine
  }

  newPage = async () => {
    const handle = await this.queueFor(async () => {
      if (this.first) {
        this.first = false
        return this.driver.getWindowHandle()
      }
      // The current window may be one that was closed.
      const [other] = this.open
      if (other) await this.driver.switchTo().window(other.handle)
      await this.driver.switchTo().newWindow('window')
      return this.driver.getWindowHandle()
    })
    this.current = handle
    const page = new WebKitPage(this, handle)
    this.open.add(page)
    await this.resize(handle, this.options.viewport ?? VIEWPORT)
    this.emit('page', page)
    return page
  }
  private queueFor = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = this.queue.then(act)
    this.queue = mine.catch(() => {})
    return mine
  }
  pages = () => [...this.open]

  /** Windows have frames of their own around what a page sees. */
  resize = (window: string, { width, height }: { width: number; height: number }) =>
    this.turn<void>(window, async driver => {
      const inner = 'return [innerWidth, innerHeight]'
      for (let left = 40; left; left--) {
        const [innerWidth, innerHeight] = await driver.executeScript<[number, number]>(inner)
        if (innerWidth === width && innerHeight === height) return
        const outer = await driver.manage().window().getRect()
        await driver
          .manage()
          .window()
          .setRect({
            ...outer,
            x: 0,
            y: 0,
            width: outer.width + width - innerWidth,
            height: outer.height + height - innerHeight,
          })
        await pause(25)
      }
      lack('narrow-window')
    })

  closeWindow = async (window: string) => {
    const page = this.pages().find(({ handle }) => handle === window)
    if (page) this.open.delete(page)
    // Without a window there is no session any more.
    if (this.open.size)
      await this.turn(window, async driver => {
        await driver.close()
        this.current = ''
      })
    else {
      const blank = await this.turn<string>(window, async driver => {
        await driver.switchTo().newWindow('window')
        return driver.getWindowHandle()
      })
      this.current = blank
      await this.turn(window, driver => driver.close())
      this.current = ''
      this.first = true
      await this.turn(blank, async () => {})
    }
  }

  private documentScript = () =>
    `const __name = made => made;(${recordInPage})(${JSON.stringify(PAGE_KEY)}, ${JSON.stringify(RECORD_PATH)});${this.scripts.join(';')}`.replaceAll(
      '</script',
      '<\\/script',
    )
  addInitScript = async (script: unknown, argument?: unknown) => {
    const text =
      typeof script === 'function'
        ? `(${script})(${literal(argument)})`
        : typeof script === 'string'
          ? script
          : String((script as { content?: string }).content)
    this.scripts.push(`{${text}}`)
  }

  route = async (match: unknown, handler: RouteHandler) => {
    if (typeof match === 'string' && match.startsWith('https:')) need('intercept-https')
    this.routes.unshift({ match, handler })
  }
  unroute = async (match: unknown) => {
    const kept = this.routes.filter(route => route.match !== match)
    this.routes.splice(0, this.routes.length, ...kept)
  }
  unrouteAll = async () => {
    this.routes.length = 0
  }
  private decide = (request: ProxiedRequest): ReturnType<typeof handle> =>
    handle(
      request,
      this.routes.filter(({ match }) => urlMatches(request.url(), match)).map(({ handler }) => handler),
    )

  /** Events of requests are those of all pages: a proxy does not know which window one is of. */
  private tell = (name: string, it: unknown) => {
    for (const emitter of [this, ...this.open]) emitter.emit(name, it)
  }

  idle = async () => {
    for (let quiet = 0; quiet < 20; quiet++) {
      if (this.pending.size) quiet = 0
      await pause(25)
    }
  }

  waitForEvent = (name: string, wanted?: never) => waitForEvent(this, name, wanted)

  private onAnyPage = <T>(act: (driver: WebDriver) => Promise<T>): Promise<T> => {
    const [page] = this.open
    if (!page) throw new Error('cookies are asked of a page, and none is open')
    return this.turn(page.handle, act)
  }
  private readonly jar = cookiesOf(this.onAnyPage)
  cookies = this.jar.cookies
  clearCookies = this.jar.clearCookies
  addCookies = this.jar.addCookies

  newCDPSession = () => need('devtools')
  grantPermissions = async () => need('clipboard')
  get clock() {
    const missing = async () => need('clock')
    return {
      install: missing,
      fastForward: missing,
      pauseAt: missing,
      runFor: missing,
      setFixedTime: missing,
    }
  }

  close = async () => {
    for (const page of this.open) page.emit('close', page)
    this.open.clear()
    await this.queue
    await this.driven.stop()
    await this.proxy.close()
    this.emit('close')
  }
}

export type { Route }
