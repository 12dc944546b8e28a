import { Hono } from 'hono'
import { applyFault, type Faults, type ServerEnvironment } from '../fault.ts'
import { isRecord } from '../record.ts'
import type { FullStoryCollector } from './collector.ts'
import { fullstoryScript } from './script-bundle.ts'
import { type Bundle, DOUBLE_ROUTE } from './wire.ts'

/** The part of a workspace that these routes need. */
export interface FullStoryWorkspace {
  fullstory: FullStoryCollector
  faults: Pick<Faults, 'fullstoryScript' | 'fullstoryCollector'>
}

export function fullstoryRoutes(getWorkspace: (id: string) => FullStoryWorkspace): Hono<ServerEnvironment> {
  const app = new Hono<ServerEnvironment>()

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
    // FullStory's own refusal, which shuts capture down for good; a cut connection would only be retried.
    if (faults.fullstoryCollector === 'blocked') return context.text('blocked', 403)
    const faulty = await applyFault(context, faults.fullstoryCollector)
    if (faulty) return faulty
    const bundle = parseBundle(body)
    if (!bundle) return context.text('not a bundle', 400)
    fullstory.apply(bundle)
    return context.json({})
  })

  return app
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
