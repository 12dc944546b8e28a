import { setUp } from './set-up.ts'

/** The script-tag build: the same names as the package, on `window.RetentionBridge`. */
export { defineFlags } from '../index.ts'
export { createBridge } from './set-up.ts'

setUp()
