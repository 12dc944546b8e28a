import { createBridge as create } from '../bridge.ts'
import type { BridgeConfig, Consents } from '../config.ts'
import type { FlagPlan } from '../flags/plan.ts'
import { isShownAgain, pageDocument, pageWindow } from '../globals.ts'
import type { Bridge, IdentifyOptions } from '../methods.ts'
import type { NamedConsent } from './named-consent.ts'

/** Who the server has rendered the page for. */
export interface RenderedVisitor extends Pick<IdentifyOptions<FlagPlan>, 'traits' | 'flags'> {
  /** The shared ID; `null` or empty: nobody is logged in. */
  id: string | number | null
}

/**
 * What `<script type="application/json" data-retention-bridge>` may say: what `createBridge` takes, and who is there.
 */
export interface ScriptTagConfig extends Partial<Omit<BridgeConfig<FlagPlan>, 'consent' | 'important'>> {
  consent?: Consents | NamedConsent
  /** A regular expression. */
  important?: string
  visitor?: RenderedVisitor
  /** Whether `?retention_bridge_debug=1` in the address opens the panel, for whoever says so; not in the core. */
  panel?: boolean
}

/** A call, as `retentionBridge.push` takes it: a method's name and what it is called with; or what wants the bridge. */
type Call = [name: string, ...args: unknown[]] | ((bridge: Bridge<FlagPlan>) => unknown)

/** What a script tag does beside the core, with options of its own. */
export type Extend = (bridge: Bridge<FlagPlan>, config: ScriptTagConfig) => void

interface WithBridge {
  RetentionBridge?: unknown
  retentionBridge?: Call[] | { push(...calls: Call[]): void }
}

const TAG = 'script[data-retention-bridge]'

/** Makes the calls that the page has made so far, in order, and from then on at once. */
const attend = (bridge: Bridge<FlagPlan>): Bridge<FlagPlan> => {
  const page = pageWindow() as WithBridge
  const push = (...calls: Call[]) => {
    for (const call of calls)
      try {
        if (typeof call === 'function') call(bridge)
        else (bridge as unknown as Record<string, (...args: unknown[]) => void>)[call[0]]?.(...call.slice(1))
      } catch (error) {
        // The page's own bug, as its own.
        setTimeout(() => {
          throw error
        })
      }
  }
  const held = page.retentionBridge
  page.retentionBridge = { push }
  if (Array.isArray(held)) push(...held)
  return bridge
}

/**
 * A page without a customer, after one with, is a logout; a guest is none and stays. What the browser shows again was
 * rendered before: who it was for may have left since, and who it is, is remembered.
 */
const see = (bridge: Bridge<FlagPlan>, { id, traits, flags }: RenderedVisitor): void => {
  if (isShownAgain()) return
  if (id) return void bridge.identify(id, { traits, flags, via: 'page' })
  const look = () => {
    // Without consent nobody is remembered.
    if (bridge.status().identity.state === 'known') bridge.logout()
  }
  look()
  // Who is identified after this was not rendered.
  bridge.on('identity', bridge.on('consent', look))
}

/** The configuration that the page has, if any. */
const findConfig = (script: HTMLElement | null): ScriptTagConfig | undefined => {
  const tag = pageDocument().querySelector(TAG)
  const { consent, visitorId, debug } = script?.dataset ?? {}
  if (!tag && consent === undefined && visitorId === undefined) return
  const given = {
    consent,
    visitor: visitorId === undefined ? visitorId : { id: visitorId },
    debug: debug === undefined ? undefined : true,
  }
  try {
    // JSON has no word for what was not given.
    return { ...JSON.parse(tag?.textContent ?? '{}'), ...JSON.parse(JSON.stringify(given)) }
  } catch {
    // Consent may have been refused in there. The development build reports what is no option.
    const report = process.env.NODE_ENV !== 'production' && { 'data-retention-bridge': 'no JSON' }
    return { ...report, consent: 'denied' }
  }
}

const start = (given: ScriptTagConfig, extend?: Extend): void => {
  const { consent, important, visitor, ...config } = given
  const isNamed = /^(s|gp)/.test(consent as string) || (consent as { cookie?: unknown })?.cookie
  const bridge = create<FlagPlan>({
    flags: {},
    ...config,
    important: readPattern(important),
    // A file that does not come is no answer.
    consent: isNamed
      ? (set: (said: Consents) => void, signal: AbortSignal) =>
          import('./named-consent.ts').then(
            ({ namedConsent }) => namedConsent(consent as NamedConsent)(set, signal),
            () => {},
          )
      : (consent as Consents),
  })
  extend?.(bridge, given)
  if (visitor) see(bridge, visitor)
  attend(bridge)
}

const readPattern = (text?: string): RegExp | undefined => {
  try {
    if (text) return new RegExp(text)
  } catch {
    // The default has to do.
  }
}

/** `createBridge` for pages that configure it by script: calls of before it was there are made. */
export const createBridge = <Plan extends FlagPlan<Value>, Value extends string = string>(
  config: BridgeConfig<Plan>,
): Bridge<Plan> => attend(create(config) as never) as never

/** Creates the bridge of a page that has a configuration for it, now or as soon as it is there. */
export const setUp = (extend?: Extend): void => {
  // Loaded twice, the first one counts.
  if ((pageWindow() as WithBridge).RetentionBridge) return
  const document = pageDocument()
  const script = document.currentScript as HTMLElement | null
  const look = () => {
    const config = findConfig(script)
    if (config) start(config, extend)
  }
  if (document.readyState === 'loading' && !document.querySelector(TAG))
    document.addEventListener('DOMContentLoaded', look)
  else look()
}
