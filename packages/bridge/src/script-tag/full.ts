import type { FlagPlan } from '../flags/plan.ts'
import { pageAddress } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import { type ScriptTagConfig, setUp } from './set-up.ts'

/** The script-tag build with all there is: `initCheckout`, and whatever the page's configuration asks for. */
export { initCheckout } from '../checkout/index.ts'
export { defineFlags } from '../index.ts'
export { createBridge } from './set-up.ts'

type Start = (bridge: Bridge<FlagPlan>, options: unknown) => unknown

/** By the option that asks for it, which is the function's name; `true`, or what the function takes. */
const ADDITIONS = {
  pageFlags: () => import('../sources/index.ts'),
  campaignFlags: () => import('../sources/index.ts'),
  inboxFlags: () => import('../inbox/index.ts'),
  inAppEvents: () => import('../in-app/index.ts'),
  flagTraits: () => import('../traits/index.ts'),
  replayTrait: () => import('../replay/index.ts'),
  anonymousIdFlag: () => import('../replay/index.ts'),
  watchFriction: () => import('./watch-friction.ts'),
}

const add = async (bridge: Bridge<FlagPlan>, name: keyof typeof ADDITIONS, config: ScriptTagConfig) => {
  const given = (config as Record<string, unknown>)[name]
  if (!given) return
  const { [name]: start } = (await ADDITIONS[name]()) as unknown as Record<typeof name, Start>
  const isWhole = Array.isArray(given) || typeof given === 'string'
  start(bridge, isWhole ? given : { flags: config.flags, ...(given as object) })
}

/** For whoever looks at a page, where its configuration lets them: `?retention_bridge_debug=1` in its address. */
const openPanel = async (bridge: Bridge<FlagPlan>, { panel }: ScriptTagConfig) => {
  if (panel && /[?&]retention_bridge_debug=1\b/.test(pageAddress()))
    (await import('../doctor/index.ts')).mountPanel(bridge)
}

setUp((bridge, config) => {
  openPanel(bridge, config).catch(() => {})
  // A file that does not come leaves the page as it is.
  for (const name in ADDITIONS) add(bridge, name as keyof typeof ADDITIONS, config).catch(() => {})
})
