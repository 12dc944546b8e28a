import { Clock, drainMicrotasks } from './clock.ts'
import { CookieJar } from './cookie-jar.ts'
import { Network } from './network.ts'
import type { Consent } from './open-page.ts'
import { OpenPage } from './open-page.ts'
import { type Arrival, Page, type PageParts } from './page.ts'
import { randomNumbers } from './randomness.ts'
import { Reference } from './reference.ts'
import type { Scripts } from './scripts.ts'
import { SharedStorage } from './shared-storage.ts'
import { Speech } from './speech.ts'
import type { Sequence, Step } from './steps.ts'

interface Tab {
  shown?: OpenPage
  /** Kept in the browser's cache, one step back. */
  kept?: OpenPage
}

const CLEARS: Record<string, RegExp> = {
  all: /./,
  customerio: /^ajs_/,
  fullstory: /^fs_/,
  bridge: /^retention_bridge/,
}
/** One browser, both vendors, and the reference that listens. */
export class World {
  readonly errors: unknown[] = []
  readonly clock = new Clock(error => this.errors.push(error))
  readonly network = new Network(this.clock)
  readonly reference = new Reference(() => this.clock.now)
  readonly speech: Speech
  private readonly jar = new CookieJar()
  private readonly storage: SharedStorage
  private readonly parts: PageParts
  private readonly tabs: [Tab, Tab, Tab, Tab] = [{}, {}, {}, {}]
  private consent: Consent

  constructor(
    scripts: Scripts,
    readonly sequence: Sequence,
  ) {
    this.consent = sequence.consent
    this.speech = new Speech(this.reference, sequence)
    this.storage = new SharedStorage(sequence.oneProcess)
    this.parts = {
      clock: this.clock,
      network: this.network,
      jar: this.jar,
      storage: this.storage,
      scripts,
      random: randomNumbers(1),
      storageDelay: sequence.storageDelay,
      isSwitching: () => this.pages.some(({ page }) => page.isSwitching),
      onError: error => this.errors.push(error),
    }
  }

  /** The pages that are shown, in the order of their tabs. */
  get pages(): OpenPage[] {
    return this.tabs.flatMap(({ shown }) => shown ?? [])
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'page':
        await this.open(step.tab, step.customerio, step.fullstory, step.keep)
        break
      case 'back':
        await this.back(this.tab(step.tab))
        break
      case 'close':
        await this.leave(this.tab(step.tab), false)
        break
      case 'call':
        if (step.said.some(({ say }) => say !== 'track' && say !== 'flag')) await this.turnTo(step.tab)
        this.speech.call(this.tab(step.tab).shown, step.said)
        break
      case 'foreign':
        await this.turnTo(step.tab)
        // Nobody comes back within ten seconds, by which the library tells a write-back.
        await this.clock.pass(10_100)
        this.speech.foreign(this.tab(step.tab).shown, step.person, step.email)
        break
      case 'impersonate':
        this.speech.impersonate(this.tab(step.tab).shown, step.on)
        break
      case 'consent':
        this.setConsent(step.to)
        break
      case 'clear':
        await this.clear(step.what)
        break
      case 'wait':
        await this.clock.pass(step.ms)
        break
    }
    await drainMicrotasks()
    await this.clock.pass(1)
  }

  /** A page in a tab, after leaving the one that was there. */
  async open(index: number, customerio: Arrival, fullstory: Arrival, keep: boolean): Promise<OpenPage> {
    const tab = this.tab(index)
    await this.rest(tab)
    await this.leave(tab, keep)
    const page = new Page({ ...this.parts, index }, { customerio, fullstory })
    const open = new OpenPage(page, this.consent)
    tab.shown = open
    const { guest } = this.sequence
    const config = {
      flags: { note: { type: 'str' } },
      identity: { guest },
      consent: this.consent,
      timeout: 1_000,
    }
    await page.begin(createBridge => (createBridge as (given: unknown) => Page['bridge'])(config))
    return open
  }

  setConsent(to: 'granted' | 'denied'): void {
    const { reference } = this
    const wasDenied = this.consent === 'denied'
    // Consent is given in one tab; the pages in others hear of it when they are loaded.
    const concerned = to === 'denied' ? this.pages : this.consent === to ? [] : this.pages.slice(0, 1)
    this.consent = to
    if (to === 'granted') {
      if (wasDenied) reference.resume()
      reference.grant(concerned)
    }
    for (const open of concerned) {
      if (to === 'denied') open.local = undefined
      if (to === 'denied' && open.page.sessionId === undefined) reference.leaveUntold()
      open.consent = to
      open.page.bridge.setConsent(to)
    }
  }

  /** Nobody says who they are in two tabs at once: they hear of each other in less time than a hand needs. */
  private async turnTo(index: number): Promise<void> {
    const { shown } = this.tab(index)
    if (shown) await this.clock.pass(this.reference.unsettledFor(shown))
    await this.untilStarted(tab => tab.shown !== shown)
  }

  /** FullStory reads its cookie when it starts: not in the moment in which another tab changes it. */
  private async untilStarted(isConcerned: (tab: Tab) => boolean): Promise<void> {
    const isStarting = (tab: Tab) => isConcerned(tab) && tab.shown?.page.isSwitching
    for (let turns = 0; turns < 50 && this.tabs.some(isStarting); turns++) await this.clock.pass(10)
  }

  /** Nobody opens a page, or goes back to one, in the moment in which other tabs change the person several times. */
  private async rest(tab: Tab): Promise<void> {
    const isOther = (other: Tab) => other !== tab
    if (this.tabs.some(other => isOther(other) && other.shown))
      await this.clock.pass(3 * this.sequence.storageDelay + 10)
    await this.untilStarted(isOther)
  }

  private async back(tab: Tab): Promise<void> {
    const { kept } = tab
    if (!kept) return
    await this.rest(tab)
    tab.kept = undefined
    await this.leave(tab, false)
    tab.shown = kept
    kept.page.state = 'live'
    // What the browser has for it comes before it is shown.
    await this.clock.pass(0)
    if (kept.consent !== this.consent && this.consent === 'denied') {
      kept.local = undefined
      kept.consent = this.consent
      kept.page.bridge.setConsent(this.consent)
    }
    kept.page.show()
  }

  private async leave(tab: Tab, wanted: boolean): Promise<void> {
    const { shown, kept } = tab
    if (!shown) return
    const keep = wanted && !shown.page.isLoading
    shown.page.leave(keep)
    await drainMicrotasks()
    if (shown.page.sessionId === undefined) this.reference.leaveUntold()
    // Nobody can know whether that arrives: it is told again.
    this.reference.changes += shown.page.sdk?.onItsWay ?? 0
    this.reference.lose(shown)
    shown.page.stop(keep)
    tab.shown = undefined
    if (!this.sequence.oneProcess) await this.clock.pass(this.sequence.storageDelay)
    if (!keep) return
    kept?.page.stop(false)
    tab.kept = shown
  }

  private async clear(what: string): Promise<void> {
    for (const tab of this.tabs) {
      await this.leave(tab, false)
      tab.kept?.page.stop(false)
      tab.kept = undefined
    }
    await this.clock.pass(100)
    const picked = (name: string) => (CLEARS[what] ?? /./).test(name)
    if (what !== 'localStorage') this.jar.clear(picked)
    if (what !== 'cookies') this.storage.clear(picked)
    this.reference.forget(what === 'all')
  }

  private tab(index: number): Tab {
    return this.tabs[index] ?? this.tabs[0]
  }
}
