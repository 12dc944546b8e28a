export type {
  CioAnonymous as CustomerIoVisitor,
  CioEvent as CustomerIoEvent,
  CioPerson as CustomerIoPerson,
  CustomerIoRule,
} from '../../../sandbox/src/customerio/view.ts'
export type {
  FsEvent as FullStoryEvent,
  FsUser as FullStoryUser,
  FullStoryRule,
  SessionView as FullStorySession,
} from '../../../sandbox/src/fullstory/view.ts'
export {
  type CustomerIoDouble,
  type CustomerIoDoubleOptions,
  type CustomerIoViolation,
  createCustomerIo,
} from '../customerio/double.ts'
export {
  createFullStory,
  type FullStoryDouble,
  type FullStoryDoubleOptions,
  type FullStoryViolation,
} from '../fullstory/double.ts'
export {
  expectAnonymous,
  expectEvent,
  expectFlag,
  expectNoLeak,
  expectNoViolations,
  expectOneIdentity,
} from './expectations.ts'
export { matchers, type RetentionMatchers } from './matchers.ts'
export type { Person } from './no-leak.ts'
export type { TestPage } from './page.ts'
export type { Said } from './said.ts'
export { type SettledOptions, settled } from './settled.ts'
export type { Violation } from './violation.ts'
