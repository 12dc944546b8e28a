import type { Status } from '../status.ts'
import type { Refusal } from './circumstances.ts'
import type { ExaminedCustomerIo, ExaminedFullStory } from './examined.ts'

/** All that is judged, of one moment. */
export interface Facts {
  status: Status
  customerio: ExaminedCustomerIo
  fullstory: ExaminedFullStory
  /** Whether flags and events will soon have to wait for FullStory's limits. */
  isNearLimit: unknown
  refused: readonly Refusal[]
  /** Milliseconds that this device's clock is behind, at least. */
  behind: number
  isFrame: boolean
}
