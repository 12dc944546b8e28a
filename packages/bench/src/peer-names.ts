/** Alternatives that a shop with both tools has. */
export const PEERS = {
  ours: 'retention-bridge',
  analytics: 'analytics, with @analytics/fullstory and @analytics/customerio',
  segment: '@segment/analytics-next, with its FullStory destination',
  destination: "Customer.io's own FullStory destination",
  glue: 'hand-written glue',
} as const

export type PeerName = keyof typeof PEERS

export const PEER_NAMES = Object.keys(PEERS) as PeerName[]
