import { bridgeSequences } from './bridge-sequences.ts'
import { customerioIdentities } from './customerio-identities.ts'
import { customerioInboxes, customerioLoading, customerioMessages } from './customerio-messages.ts'
import { fullstoryIdentities } from './fullstory-identities.ts'
import { fullstoryLimits, fullstoryProperties } from './fullstory-properties.ts'
import { fullstoryLoading, fullstoryStates } from './fullstory-states.ts'
import type { Sequence } from './sequence.ts'

const about = (subject: string, sequences: Sequence[]): Sequence[] =>
  sequences.map(sequence => ({ ...sequence, what: `${subject}: ${sequence.what}` }))

/** What the doubles and the real SDKs have to take alike. */
export const sequences: Sequence[] = [
  ...about('FullStory', [
    ...fullstoryIdentities,
    ...fullstoryProperties,
    ...fullstoryLimits,
    ...fullstoryStates,
    ...fullstoryLoading,
  ]),
  ...about('Customer.io', [
    ...customerioIdentities,
    ...customerioMessages,
    ...customerioLoading,
    ...customerioInboxes,
  ]),
  ...about('with a bridge', bridgeSequences).map(sequence => ({ ...sequence, withBridge: true })),
]
