export { type ClassicSnippetOptions, classicSnippet } from './customerio/classic/snippet.ts'
export type { CustomerIoCollector } from './customerio/collector.ts'
export type { NewInboxMessage, NewShownMessage } from './customerio/in-app/mailbox.ts'
export { type GistSnippetOptions, gistSnippet } from './customerio/in-app/snippet.ts'
export { inOrderOf } from './customerio/in-order-of.ts'
export type { CioMessage } from './customerio/message.ts'
export type { CustomerIoSettings } from './customerio/project-settings.ts'
export { type CustomerIoSnippetOptions, customerioSnippet } from './customerio/snippet.ts'
export type {
  CioAnonymous,
  CioCall,
  CioCallType,
  CioEvent,
  CioInboxMessage,
  CioPerson,
  CioViolation,
  CustomerIoRule,
  CustomerIoView,
} from './customerio/view.ts'
export {
  type Capability,
  can,
  ENGINES,
  type Engine,
  engine,
  LACKING,
  lack,
  need,
  whenLacking,
} from './engines/capabilities.ts'
export { collectErrors, isOfLeaving } from './engines/console.ts'
export { goInHistory } from './engines/history.ts'
export { launchBrowser, openContexts } from './engines/launch.ts'
export type { Fault, Faults } from './fault.ts'
export type { FullStoryCollector } from './fullstory/collector.ts'
export type { PropertyFilter } from './fullstory/property-filter.ts'
export { type FullStorySnippetOptions, fullstorySnippet } from './fullstory/snippet.ts'
export type {
  FsEvent,
  FsProperty,
  FsUser,
  FullStoryRule,
  FullStoryView,
  FullStoryViolation,
  PageView,
  PropertyType,
  SessionView,
} from './fullstory/view.ts'
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts'
export {
  exampleCheckout,
  exampleContext,
  exampleVariant,
  PERSONAL,
  privacyOf,
} from './shopify/example-checkout.ts'
export { type ShopifyCustomer, shopifyLiquid } from './shopify/liquid.ts'
export { pastedPixel } from './shopify/pasted-pixel.ts'
export { openPixel, type PixelOptions, type PixelPage } from './shopify/pixel-page.ts'
export { type ShopifyStoreOptions, shopifyStoreListener } from './shopify/store.ts'
export { renderThemePage } from './shopify/theme-page.ts'
export type { PixelRuntime, Privacy } from './shopify/wire.ts'
export type { Workspace } from './workspace.ts'
