/** The script-tag build: the same names as the package, on `window.RetentionBridge`. */
export { createBridge, defineFlags } from './index.ts'
