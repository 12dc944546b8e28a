import {
  Analytics,
  type SdkSurroundings,
  type SdkUser,
} from '../../../sandbox/src/customerio/double/analytics.ts'
import {
  type BufferedCall,
  groupedByMethod,
  isEarly,
} from '../../../sandbox/src/customerio/double/preload-buffer.ts'

export type { Analytics, SdkUser }

/** What the SDK needs of the page that it runs on. */
export interface SdkPage extends SdkSurroundings {
  /** The global: the snippet's array stub first, then the SDK. */
  global: unknown
}

/** Milliseconds between the script's start and the moment at which its plugins are ready. */
const PLUGINS_MS = 5

/** The script has arrived: replaces the snippet's stub, and does what the stub has kept. */
export const installSdk = (user: SdkUser, page: SdkPage): Analytics => {
  const sdk = new Analytics(user, page)
  const run = ([method, ...given]: BufferedCall) => {
    const call = (sdk as unknown as Record<string, (...given: unknown[]) => unknown>)[method]
    call?.apply(sdk, given)
  }
  const take = (wanted: (call: BufferedCall) => boolean): BufferedCall[] => {
    const stub = page.global as BufferedCall[]
    const calls = stub.filter(wanted)
    stub.splice(0, stub.length, ...stub.filter(call => !wanted(call)))
    return calls
  }
  groupedByMethod(take(isEarly)).forEach(run)
  page.later(PLUGINS_MS, () => {
    for (const call of groupedByMethod(take(() => true))) page.later(0, () => run(call))
    page.global = sdk
  })
  return sdk
}
