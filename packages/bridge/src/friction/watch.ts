import type { FlagPlan } from '../flags/plan.ts'
import { monotonicNow, onNavigation, onPageEvents, pageAddress } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import type { FrictionKind } from './kinds.ts'
import { describe, stepOf } from './names.ts'
import { type FrictionRules, readRules } from './rules.ts'

/** What a judge is given: what happens on the page, and where to say what is wrong with it. */
export interface Watch {
  readonly rules: FrictionRules
  readonly signal: AbortSignal
  /** Hears events of the page, in shadow trees, too, from where some do not get out. */
  hear(types: string, listener: (event: Event) => void): void
  /** Hears, with consent, events outside of what is to be ignored; `path` begins with the innermost element. */
  on<Heard extends Event>(types: string, listener: (event: Heard, path: Element[]) => void): void
  /** Hears of each event that the bridge has handed to a vendor, once. */
  onTrack(listener: (name: string, properties: Record<string, unknown>) => void): void
  /** Hears that the page goes on to another address by itself, which `isCheckout` and `report` do not know yet. */
  onRoute(listener: (to: string) => void): void
  /** Runs something with consent only. What it throws ends there. */
  guard<Args extends unknown[]>(act: (...args: Args) => void): (...args: Args) => void
  /** Whether an address, the page's own by default, belongs to the checkout. */
  isCheckout(address?: string): boolean
  report(kind: FrictionKind, target: Element | string | undefined, count: number): void
}

/** What the judges are given when they are loaded. */
export interface WatchOptions {
  bridge: Pick<Bridge<FlagPlan>, 'on'>
  /** Whether anything may be judged now. */
  open(): unknown
  say(kind: FrictionKind, properties: Record<string, unknown>): void
  isCheckout: ((url: URL) => boolean) | undefined
  rules: Partial<FrictionRules> | undefined
  signal: AbortSignal
}

/**
 * Milliseconds for which an answer about consent is good enough to listen by. Before anything is said it is asked
 * again. Both SDKs are asked for it, which takes longer than all the rest: never while the page answers a click.
 */
const ASKED = 1000

/** A route of its own: what else changes in an address is no other step. */
const routeOf = (address: string) => new URL(address).pathname + stepOf(address)

/** Listens for all judges at once, and lets through what they find, at most once in the cool-down of its kind. */
export const createWatch = ({
  bridge,
  open,
  say,
  isCheckout: checkout,
  rules: given,
  signal,
}: WatchOptions): Watch => {
  const rules = readRules(given)
  const tracks: ((name: string, properties: Record<string, unknown>) => void)[] = []
  const routes: ((to: string) => void)[] = []
  const said = new Map<FrictionKind, number>()
  /** Events that one vendor was told: the other one is told the same object. */
  const told = new WeakSet<object>()
  let address = pageAddress()
  /** The step as the page names it. */
  let named: unknown
  let asked = -Infinity
  let allowed: unknown
  /** The event that the judges are hearing, and its elements unless it is to be ignored. */
  let current: Event | undefined
  let path: Element[] | undefined

  const ask = () => {
    allowed = open()
  }
  ask()
  const guard: Watch['guard'] =
    act =>
    (...args) => {
      if (signal.aborted) return
      try {
        const now = monotonicNow()
        if (now - asked > ASKED) {
          asked = now
          setTimeout(ask)
        }
        if (allowed) act(...args)
      } catch {
        // A hostile page, or an option that throws.
      }
    }

  /** Compares addresses: where there is no Navigation API, nothing tells of a new one that scripts have set. */
  const look = () => {
    const to = pageAddress()
    if (to === address) return
    try {
      if (routeOf(to) !== routeOf(address)) for (const listener of routes) listener(to)
    } finally {
      address = to
      if (!isCheckout()) named = undefined
    }
  }

  const isCheckout = (of = address) => {
    const url = new URL(of)
    return checkout ? checkout(url) === true : /checkout/i.test(url.pathname)
  }

  const hears: [types: string, listener: (event: Event) => void][] = []
  const hear: Watch['hear'] = (types, listener) => {
    onPageEvents(types, listener, signal)
    hears.push([types, event => event.composed || listener(event)])
  }
  const entered = new WeakSet<EventTarget>()
  const enter = (event: Event) => {
    for (const root of event.composedPath())
      if (root instanceof ShadowRoot && !entered.has(root)) {
        entered.add(root)
        for (const [types, listener] of hears) onPageEvents(types, listener, signal, root)
      }
  }
  onPageEvents('pointerdown focusin', enter, signal)

  const moved = guard(look)
  onPageEvents('popstate', moved, signal)
  onNavigation('currententrychange', moved, signal)
  const end = bridge.on(
    'delivered',
    guard(({ kind, name, properties }) => {
      if (kind !== 'track' || told.has(properties)) return
      told.add(properties)
      look()
      if (name === 'checkout_step') named = properties.step
      for (const listener of tracks) listener(name as string, properties)
    }),
  )
  signal.addEventListener('abort', end)

  return {
    rules,
    signal,
    guard,
    hear,
    isCheckout,
    on: (types, listener) =>
      hear(
        types,
        guard(event => {
          // Once for all judges.
          if (event !== current) {
            current = event
            look()
            path = event.composedPath().filter(node => node instanceof Element) as Element[]
            if (path.some(element => element.matches('[data-rb-ignore]'))) path = undefined
          }
          if (path) listener(event as never, path)
        }),
      ),
    onTrack: listener => {
      tracks.push(listener)
    },
    onRoute: listener => {
      routes.push(listener)
    },
    report: (kind, target, count) => {
      const now = monotonicNow()
      if (now - (said.get(kind) ?? -Infinity) < rules.coolDown) return
      said.set(kind, now)
      say(kind, {
        step: isCheckout() ? (named ?? stepOf(address)) : undefined,
        target: typeof target === 'object' ? describe(target) : target,
        count,
      })
    },
  }
}
