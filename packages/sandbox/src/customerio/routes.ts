import { type Context, Hono } from 'hono'
import { applyFault, type Faults, type ServerEnvironment } from '../fault.ts'
import type { CustomerIoCollector } from './collector.ts'
import { FULLSTORY_DESTINATION_SCRIPT } from './fullstory-destination.ts'
import { gistPath } from './in-app/snippet.ts'
import { parseMessage } from './message.ts'
import { type CustomerIoSettings, FULLSTORY_DESTINATION, projectSettings } from './project-settings.ts'
import { gistFile, sdkFile, sdkModule } from './sdk-files.ts'

/** The part of a workspace that these routes need. */
export interface CustomerIoWorkspace {
  customerio: CustomerIoCollector
  faults: Pick<Faults, 'customerioScript' | 'customerioSettings' | 'customerioCollector' | 'inApp'>
  settings: CustomerIoSettings
}

export function customerioRoutes(getWorkspace: (id: string) => CustomerIoWorkspace): Hono<ServerEnvironment> {
  const app = new Hono<ServerEnvironment>()

  app.get('/v1/analytics-js/snippet/:ws/analytics.min.js', async context => {
    const { faults } = getWorkspace(context.req.param('ws'))
    const faulty = await applyFault(context, faults.customerioScript)
    return faulty ?? script(context, await sdkFile('standalone.js', originOf(context)))
  })
  app.get(FULLSTORY_DESTINATION.path, context => script(context, FULLSTORY_DESTINATION_SCRIPT))
  app.get('/v1/analytics-js/:file', async context =>
    script(context, await sdkFile(context.req.param('file'), originOf(context))),
  )
  app.get('/sdk/umd/:file', async context =>
    script(context, await sdkModule(context.req.param('file'), originOf(context))),
  )
  app.get('/analytics-next/bundles/:file', async context =>
    script(context, await sdkModule(context.req.param('file'), originOf(context))),
  )
  app.get('/sdk/gist.min.js', async context => script(context, await gistFile(originOf(context))))
  app.get(gistPath(':ws'), async context => {
    const { faults } = getWorkspace(context.req.param('ws') ?? '')
    const faulty = await applyFault(context, faults.customerioScript)
    return faulty ?? script(context, await gistFile(originOf(context)))
  })

  app.get('/v1/projects/:ws/settings', async context => {
    const id = context.req.param('ws')
    const { faults, settings } = getWorkspace(id)
    const faulty = await applyFault(context, faults.customerioSettings)
    return faulty ?? context.json(projectSettings(id, originOf(context), settings))
  })

  app.post('/v1/:path{[itpsga]}', async context => {
    const parsed = parseMessage(context.req.param('path'), await context.req.text())
    if (!parsed) return context.text('not a message with a write key', 400)
    const { customerio, faults } = getWorkspace(parsed.writeKey)
    const faulty = await applyFault(context, faults.customerioCollector)
    if (faulty) return faulty
    customerio.apply(parsed.message)
    // Whatever it makes of the message, Customer.io says this.
    return context.json({ success: true })
  })

  return app
}

function originOf(context: Context): string {
  return new URL(context.req.url).origin
}

function script(context: Context, text: string | null): Response {
  if (text === null) return context.text('no such file', 404)
  return context.body(text, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-store',
  })
}
