import { createBridge, defineFlags } from 'retention-bridge'
import { consent } from '../consent/choice.ts'

const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
  cart_items: { type: 'int' },
})

/**
 * The page's bridge. May be called as often as React likes: a page has one, and each call returns it. On the server it
 * answers like any other, and does nothing.
 */
export const storeBridge = () => createBridge({ flags, consent })

export type StoreBridge = ReturnType<typeof storeBridge>
