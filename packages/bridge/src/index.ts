export { createBridge } from './bridge.ts'
export type { BridgeConfig, Consent, ConsentSource, Consents } from './config.ts'
export type { ClassicApi } from './customerio/classic.ts'
export type { CustomerIoApi } from './customerio/connect.ts'
export type { GistApi } from './customerio/gist.ts'
export type { DropReason } from './delivery/queue.ts'
export type { VendorName, VendorState } from './delivery/vendor.ts'
export {
  type Duration,
  defineFlags,
  type FlagPlan,
  type FlagSpec,
  type FlagType,
  type FlagValues,
} from './flags/plan.ts'
export type { FlagValue } from './flags/value.ts'
export type { FullStoryApi } from './fullstory/find-fullstory.ts'
export type { Bridge, FlagOptions, IdentifyOptions, PageView, TrackOptions } from './methods.ts'
export type { Warning } from './report.ts'
export type { BridgeEvents, FlagStatus, IdentifyResult, Status, VendorStatus } from './status.ts'
