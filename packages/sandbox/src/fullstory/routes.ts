import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { FullStoryCollector } from './collector.ts'
import { isRecord } from './record.ts'
import { fullstoryScript } from './script-bundle.ts'
import { type Bundle, DOUBLE_ROUTE } from './wire.ts'

export type FullStoryFault = 'ok' | 'blocked' | 'hang' | { delayMs: number }

/** The part of a workspace that these routes need. */
export interface FullStoryWorkspace {
  fullstory: FullStoryCollector
  faults: { fullstoryScript: FullStoryFault; fullstoryCollector: FullStoryFault | 500 }
}

export function fullstoryRoutes(getWorkspace: (id: string) => FullStoryWorkspace): Hono {
  const app = new Hono()
  app.use('/s/*', allowAnyOrigin)
  app.use('/rec/*', allowAnyOrigin)

  app.get(DOUBLE_ROUTE.script, async context => {
    const { faults } = getWorkspace(context.req.param('ws'))
    const faulty = await applyFault(context, faults.fullstoryScript)
    if (faulty) return faulty
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' }
    return context.body(await fullstoryScript(), 200, headers)
  })

  app.post(DOUBLE_ROUTE.bundle, async context => {
    const { fullstory, faults } = getWorkspace(context.req.param('ws'))
    const body = await context.req.text()
    const faulty = await applyFault(context, faults.fullstoryCollector)
    if (faulty) return faulty
    const bundle = parseBundle(body)
    if (!bundle) return context.text('not a bundle', 400)
    fullstory.apply(bundle)
    return context.json({})
  })

  return app
}

const allowAnyOrigin: MiddlewareHandler = async (context, next) => {
  const headers = {
    'access-control-allow-origin': context.req.header('origin') ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': context.req.header('access-control-request-headers') ?? '*',
    vary: 'Origin',
  }
  for (const [name, value] of Object.entries(headers)) context.header(name, value)
  // A page that is served over https from another host may ask before it reaches into loopback.
  context.header('access-control-allow-private-network', 'true')
  if (context.req.method === 'OPTIONS') return context.body(null, 204)
  return next()
}

async function applyFault(context: Context, fault: FullStoryFault | 500): Promise<Response | null> {
  if (fault === 'blocked') return context.text('blocked', 403)
  if (fault === 500) return context.text('server error', 500)
  if (fault === 'hang') {
    await new Promise<void>(resolve => {
      context.req.raw.signal.addEventListener('abort', () => resolve())
    })
    return context.body(null, 204)
  }
  if (fault !== 'ok') await new Promise(resolve => setTimeout(resolve, fault.delayMs))
  return null
}

function parseBundle(body: string): Bundle | null {
  try {
    const bundle: unknown = JSON.parse(body)
    const complete = isRecord(bundle) && typeof bundle.stream === 'string' && Array.isArray(bundle.messages)
    return complete ? (bundle as unknown as Bundle) : null
  } catch {
    return null
  }
}
