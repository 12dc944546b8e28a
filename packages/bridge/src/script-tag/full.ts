import type { FlagPlan } from '../flags/plan.ts'
import type { Bridge } from '../methods.ts'
import { type ScriptTagConfig, setUp } from './set-up.ts'

/** The script-tag build with all there is: `initCheckout`, and whatever the page's configuration asks for. */
export { initCheckout } from '../checkout/index.ts'
export { defineFlags } from '../index.ts'
export { createBridge } from './set-up.ts'

type Start = (bridge: Bridge<FlagPlan>, options: unknown) => unknown

/** By the option that asks for it, which is the function's name; `true`, or the function's own options. */
const ADDITIONS = {
  pageFlags: () => import('../sources/index.ts'),
  campaignFlags: () => import('../sources/index.ts'),
  inboxFlags: () => import('../inbox/index.ts'),
  inAppEvents: () => import('../in-app/index.ts'),
  flagTraits: () => import('../traits/index.ts'),
  watchFriction: () => import('./watch-friction.ts'),
}

const add = async (bridge: Bridge<FlagPlan>, name: keyof typeof ADDITIONS, config: ScriptTagConfig) => {
  const given = (config as Record<string, unknown>)[name]
  if (!given) return
  const { [name]: start } = (await ADDITIONS[name]()) as unknown as Record<typeof name, Start>
  start(bridge, Array.isArray(given) ? given : { flags: config.flags, ...(given as object) })
}

setUp((bridge, config) => {
  // A file that does not come leaves the page as it is.
  for (const name in ADDITIONS) add(bridge, name as keyof typeof ADDITIONS, config).catch(() => {})
})
