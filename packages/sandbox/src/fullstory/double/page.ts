import { randomId } from '../../random-id.ts'
import { watchActivity } from './activity.ts'
import { SHUTDOWN_REASON } from './capture.ts'
import { CookieJar } from './cookie-jar.ts'
import { type Environment, sessionUrlPrefix } from './environment.ts'
import { type Script, type Stub, takeOver } from './takeover.ts'
import { Transport } from './transport.ts'
import { IDLE_LIMIT_MS } from './visitor.ts'

/** Takes over the stub of this page, whose document and visitor it watches. */
export function takeOverPage(stub: Stub, environment: Environment): void {
  const transport = new Transport({
    url: () => `${environment.origin}/rec/${environment.orgId}/bundle`,
    stream: randomId(),
    sessionUrlPrefix: () => sessionUrlPrefix(environment),
    fetch: (stub._w?.fetch ?? fetch).bind(window),
    onRefused: () => script.capture.fail(),
  })
  const script = takeOver(stub, environment, {
    cookies: domain => new CookieJar(domain),
    post: transport.post,
    address: () => location.href,
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  })
  watchDocument(script, transport)
}

function watchDocument({ visitor, capture }: Script, transport: Transport): void {
  let touchedAt = 0
  watchActivity({
    idleMs: IDLE_LIMIT_MS,
    onIdle: () => capture.shutdown(SHUTDOWN_REASON.hibernation),
    onActive: () => {
      const now = Date.now()
      capture.wake()
      if (!capture.isRunning) return
      if (visitor.isOld(now)) {
        // The vendor names no reason for a session that is 24 hours old; "size" is its nearest.
        capture.shutdown(SHUTDOWN_REASON.size)
        capture.start()
      } else if (now - touchedAt > 1_000) {
        touchedAt = now
        visitor.touch(now)
      }
    },
  })
  window.addEventListener('pagehide', () => {
    capture.announceUnload()
    transport.beginUnload()
  })
  window.addEventListener('pageshow', event => {
    if (!event.persisted) return
    transport.endUnload()
    capture.resume()
  })
}
