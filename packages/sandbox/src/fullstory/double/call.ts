/** One API call as the snippet hands it over: `[op, args, source, resolve, reject, apiVersion]`. */
export interface Call {
  op: string
  args: unknown
  source: string | undefined
  apiVersion: 1 | 2
  /** Present when the page called the `…Async` form. */
  settle: { resolve: (value: unknown) => void; reject: (reason: Error) => void } | null
  /** A call that causes an identity switch is executed again in the new session, but counts once. */
  counted: boolean
}

/** Calls that would have been recorded: these are held, discarded or refused, the others only steer. */
const DATA_OPERATIONS = new Set(['setIdentity', 'setProperties', 'trackEvent', 'log', 'stat', 'setPage'])

export function isData(call: Call): boolean {
  return DATA_OPERATIONS.has(call.op)
}

export function toCall(entry: readonly unknown[]): Call {
  const [op, args, source, resolve, reject, apiVersion] = entry
  const awaited = typeof resolve === 'function' && typeof reject === 'function'
  return {
    op: typeof op === 'string' ? op : '',
    args,
    source: typeof source === 'string' ? source : undefined,
    apiVersion: apiVersion === 1 ? 1 : 2,
    settle: awaited ? { resolve: value => resolve(value), reject: reason => reject(reason) } : null,
    counted: false,
  }
}
