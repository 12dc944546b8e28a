/** Ways to talk to both tools, whose session is counted; ours is what the others are compared with. */
export const PEERS = ['ours', 'analytics', 'segment', 'destination', 'glue'] as const
