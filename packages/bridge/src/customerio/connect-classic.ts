import type { Connector } from '../delivery/vendor.ts'
import { type ClassicApi, classic } from './classic.ts'

/**
 * Waits for the classic snippet's script, which has come when `reset` is there, and says what became of it otherwise.
 * `given` is `_cio` itself or its stub; anything else stands for the page's.
 */
export const connect =
  (given: unknown, page: Window & { _cio?: unknown }): Connector =>
  turn => {
    let ready = false
    const look = (expired?: boolean) => {
      // The script puts another object in the place of the stub.
      const sdk = (page._cio ?? given) as ClassicApi
      if (!ready && sdk.reset) {
        ready = true
        turn('ready', '', classic(sdk, page))
      } else if (expired) {
        const script = page.document.querySelector<HTMLScriptElement>('#cio-tracker')
        script?.addEventListener('load', () => look())
        // An answered request and still no SDK: refused by a blocker or the server.
        turn(script && page.performance.getEntriesByName(script.src)[0] ? 'blocked' : 'hung')
      }
      return ready
    }
    return look
  }
