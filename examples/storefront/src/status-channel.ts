import type { BridgeStatus } from './bridge.ts'

/** What a shop page tells the inspector: in one browser only, never over the network. */
export type StatusMessage =
  | { kind: 'status'; status: BridgeStatus; page: string; at: number }
  /** The inspector has just opened and asks whoever is there. */
  | { kind: 'ask' }

export function openStatusChannel(): BroadcastChannel {
  return new BroadcastChannel('storefront-status')
}
