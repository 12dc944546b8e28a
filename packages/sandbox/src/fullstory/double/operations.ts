import type { Call } from './call.ts'
import { type Capture, SHUTDOWN_REASON } from './capture.ts'
import { applyInit, configDetails, type Environment, sessionUrlPrefix } from './environment.ts'
import type { Observers } from './observers.ts'
import type { Recorder } from './recorder.ts'
import { sessionDetails } from './session-details.ts'
import { userSnapshot, type Visitor } from './visitor.ts'

interface Parts {
  environment: Environment
  snippetVersion: string
  visitor: Visitor
  recorder: Recorder
  observers: Observers
  capture: Capture
}

type Operation = (call: Call) => unknown

/** What `FS(op)` does, by the name of the operation. */
export function createOperations(parts: Parts): (call: Call) => unknown {
  const { environment, visitor, recorder, observers, capture } = parts

  const record: Operation = call =>
    capture.handle(call, () => {
      if (recorder.record(call) === 'switch') capture.switchUser(call)
    })
  const ignore: Operation = call => capture.handle(call, () => undefined)
  const start: Operation = call => {
    capture.start()
    if (call.settle) ignore(call)
  }
  const observe: Operation = call => observers.register(call.args, type => capture.missed(type))

  const operations = new Map<string, Operation>([
    ['setIdentity', record],
    ['setProperties', record],
    ['trackEvent', record],
    // Developer log, statistics and page options do not show in any view of the sandbox.
    ['log', ignore],
    ['stat', ignore],
    ['setPage', ignore],
    ['setConfig', ignore],
    ['source', ignore],
    ['getFullstoryId', call => capture.handle(call, () => 0)],
    ['start', start],
    ['restart', start],
    ['observe', call => (call.settle ? capture.handle(call, () => observe(call)) : observe(call))],
    [
      'init',
      call => {
        applyInit(environment, call.args)
        call.settle?.resolve(undefined)
      },
    ],
    [
      'shutdown',
      call => {
        if (!environment.isInnerFrame) capture.shutdown(SHUTDOWN_REASON.api)
        call.settle?.resolve(undefined)
      },
    ],
    [
      'getSession',
      call =>
        capture.handle(call, () =>
          sessionDetails(visitor, environment.orgId, sessionUrlPrefix(environment), call.args),
        ),
    ],
  ])
  if (environment.hasGetConfig) {
    operations.set('getConfig', call =>
      capture.handle(call, () => {
        const user = userSnapshot(visitor)
        return { env: configDetails(environment, parts.snippetVersion), ...(user ? { user } : {}) }
      }),
    )
  }
  // An operation nobody knows is not refused: its promise stays open for good.
  return call => operations.get(call.op)?.(call)
}
