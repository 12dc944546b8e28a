import { Hono } from 'hono'
import { browserScript } from '../../browser-script.ts'
import { applyFault, type ServerEnvironment } from '../../fault.ts'
import { isRecord } from '../../record.ts'
import type { CioMessage } from '../message.ts'
import type { CustomerIoWorkspace } from '../routes.ts'
import { trackerPath } from './snippet.ts'
import type { ClassicMessage } from './wire.ts'

const trackerScript = browserScript(new URL('./tracker/main.ts', import.meta.url))

/** The classic snippet's script, and where its messages go: to the same people and rules as the newer SDK's. */
export function classicRoutes(getWorkspace: (id: string) => CustomerIoWorkspace): Hono<ServerEnvironment> {
  const app = new Hono<ServerEnvironment>()

  app.get(trackerPath(':ws'), async context => {
    const { faults } = getWorkspace(context.req.param('ws') ?? '')
    const faulty = await applyFault(context, faults.customerioScript)
    if (faulty) return faulty
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' }
    return context.body(await trackerScript(), 200, headers)
  })

  app.post('/classic/:ws/messages', async context => {
    const { customerio, faults } = getWorkspace(context.req.param('ws'))
    const message: unknown = await context.req.json().catch(() => null)
    const faulty = await applyFault(context, faults.customerioCollector)
    if (faulty) return faulty
    if (!isClassicMessage(message)) return context.text('not a message', 400)
    customerio.apply(asMessage(message))
    return context.json({})
  })

  return app
}

function isClassicMessage(value: unknown): value is ClassicMessage {
  return isRecord(value) && /^(identify|track|page)$/.test(String(value.type)) && isRecord(value.data)
}

function asMessage({ type, name, data, userId, ...message }: ClassicMessage): CioMessage {
  switch (type) {
    case 'identify':
      // An `identify` of track.js has an id: unlike the newer SDK's, it is not about the e-mail address without one.
      return { ...message, type, userId: userId ?? '', traits: data }
    case 'track':
      return { ...message, type, userId, event: name ?? undefined, properties: data }
    case 'page':
      return { ...message, type, userId, name: name ?? undefined, properties: data }
  }
}
