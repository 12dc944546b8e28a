import { readEnvironment } from './environment.ts'
import { takeOverPage } from './page.ts'
import type { Stub } from './takeover.ts'

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null
const environment = readEnvironment(script)
const stub = (window as unknown as Record<string, unknown>)[environment.namespace] as Stub | undefined

// A second copy of the script finds `_api` and leaves the first one alone.
if (typeof stub === 'function' && !stub._api) takeOverPage(stub, environment)
