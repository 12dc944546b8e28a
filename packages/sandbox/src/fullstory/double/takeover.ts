import { type Call, toCall } from './call.ts'
import { Capture, type Later } from './capture.ts'
import { applyInit, type Environment, sessionUrlPrefix } from './environment.ts'
import { Observers } from './observers.ts'
import { createOperations } from './operations.ts'
import { postLoadMethods } from './post-load-api.ts'
import { type Post, Recorder } from './recorder.ts'
import { sessionDetails } from './session-details.ts'
import { translateV1 } from './v1-calls.ts'
import { type Cookies, userSnapshot, Visitor } from './visitor.ts'

/** What the snippet left on the page. */
export interface Stub {
  (...args: unknown[]): unknown
  q?: unknown[][]
  _api?: (...args: unknown[]) => unknown
  _w?: { fetch?: typeof fetch }
  _v?: string
}

/** What the script needs of where it runs: a page, or nothing but memory. */
export interface Surroundings {
  cookies: (domain: string | undefined) => Cookies
  post: Post
  /** Address of the page. */
  address: () => string
  later: Later
}

/** The running script. */
export interface Script {
  visitor: Visitor
  capture: Capture
}

/** Makes the stub work: everything it queued is executed, everything it is called with from now on, too. */
export function takeOver(stub: Stub, environment: Environment, surroundings: Surroundings): Script {
  const snippetVersion = String(stub._v)
  const isV1Only = snippetVersion.startsWith('1.')
  const readEntry = (entry: unknown[]) => toCall(isV1Only ? translateV1(entry) : entry)
  const queue = (stub.q ?? []).map(readEntry)
  // First of all, wherever it stands in the queue: it decides whether the rest may run.
  for (const call of queue) if (call.op === 'init') applyInit(environment, call.args)

  const { execute, visitor, capture } = assemble(environment, snippetVersion, surroundings)
  const executeSafely = (call: Call) => {
    try {
      return execute(call)
    } catch {
      // No malformed call may throw into the page.
      return undefined
    }
  }
  stub._api = (...entry) => executeSafely(readEntry(entry))
  delete stub.q
  Object.assign(stub, postLoadMethods(executeSafely))

  if (environment.captureOnStartup) {
    capture.holdAll(queue)
    capture.start()
  } else {
    for (const call of queue) executeSafely(call)
  }
  return { visitor, capture }
}

function assemble(environment: Environment, snippetVersion: string, surroundings: Surroundings) {
  const { cookies, post, address, later } = surroundings
  const visitor = new Visitor(environment.orgId, cookies(environment.cookieDomain))
  const observers = new Observers()
  const recorder = new Recorder(visitor, post, {
    isInnerFrame: environment.isInnerFrame,
    address,
    onUserChange: () => observers.emit('internal/user', { user: userSnapshot(visitor) }),
  })
  const capture: Capture = new Capture({
    visitor,
    recorder,
    observers,
    startDetails: () => ({
      sessionUrl: sessionDetails(visitor, environment.orgId, sessionUrlPrefix(environment), undefined),
      settings: Object.freeze({}),
    }),
    execute: call => execute(call),
    later,
  })
  const execute = createOperations({ environment, snippetVersion, visitor, recorder, observers, capture })
  return { execute, visitor, capture }
}
