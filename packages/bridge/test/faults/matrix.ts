import { BROWSER_FAULTS } from './browser-faults.ts'
import type { Fault } from './play.ts'
import { POLICY_FAULTS } from './policy-faults.ts'
import { VENDOR_FAULTS } from './vendor-faults.ts'

/** Every row of the table. */
export const FAULTS: readonly Fault[] = [...VENDOR_FAULTS, ...BROWSER_FAULTS, ...POLICY_FAULTS]
