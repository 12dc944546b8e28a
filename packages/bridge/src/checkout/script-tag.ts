/** The script-tag build of a checkout page: `window.RetentionBridge` with the core and the checkout, in one file. */
export { createBridge, defineFlags } from '../index.ts'
export { initCheckout } from './index.ts'
