import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

type Failure = 'blocked' | 'hang' | 500

/** How one part of a vendor misbehaves for the pages of a workspace; `first`: for so many more requests only. */
export type Fault = 'ok' | Failure | { delayMs: number } | { first: number; is: Failure }

export interface Faults {
  fullstoryScript: Fault
  fullstoryCollector: Fault
  customerioScript: Fault
  customerioSettings: Fault
  customerioCollector: Fault
  inApp: Fault
}

export type ServerEnvironment = { Bindings: HttpBindings }

export function noFaults(): Faults {
  return {
    fullstoryScript: 'ok',
    fullstoryCollector: 'ok',
    customerioScript: 'ok',
    customerioSettings: 'ok',
    customerioCollector: 'ok',
    inApp: 'ok',
  }
}

export function isFault(value: unknown): value is Fault {
  if (value === 'ok' || isFailure(value)) return true
  if (typeof value !== 'object' || value === null) return false
  if ('first' in value && 'is' in value) return typeof value.first === 'number' && isFailure(value.is)
  return 'delayMs' in value && typeof value.delayMs === 'number'
}

function isFailure(value: unknown): value is Failure {
  return value === 'blocked' || value === 'hang' || value === 500
}

/** The answer a faulty part gives instead of its own; null when it goes on to answer properly. */
export async function applyFault(
  context: Context<ServerEnvironment>,
  fault: Fault,
): Promise<Response | null> {
  if (typeof fault === 'object' && 'first' in fault) return applyFault(context, takeOne(fault))
  if (fault === 'blocked') return cutConnection(context)
  if (fault === 500) return context.text('server error', 500)
  if (fault === 'hang') {
    await untilGone(context)
    return context.body(null, 204)
  }
  if (fault !== 'ok') await new Promise(resolve => setTimeout(resolve, fault.delayMs))
  return null
}

function takeOne(fault: { first: number; is: Failure }): 'ok' | Failure {
  if (fault.first <= 0) return 'ok'
  fault.first -= 1
  return fault.is
}

/** An ad blocker leaves no answer at all: the page sees a network error, also for its own origin. */
function cutConnection(context: Context<ServerEnvironment>): Response {
  context.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

function untilGone(context: Context): Promise<void> {
  const { signal } = context.req.raw
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}
