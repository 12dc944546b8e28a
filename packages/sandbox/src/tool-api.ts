import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { ServerEnvironment } from './fault.ts'
import { isFault } from './fault.ts'
import { applyPatch, isDeclaration, isInboxMessage, type Patch } from './tool-input.ts'
import type { ObservedWorkspace } from './workspace.ts'

/** What tests inside a page, and the inspector, ask and change. */
export function toolApi(getWorkspace: (id: string) => ObservedWorkspace): Hono<ServerEnvironment> {
  const api = new Hono<ServerEnvironment>().basePath('/api/:ws')
  const workspaceOf = (context: Context) => getWorkspace(context.req.param('ws') ?? '')

  api.get('/view', context => {
    const { customerio, fullstory } = workspaceOf(context)
    return context.json({ customerio: customerio.view(), fullstory: fullstory.view() })
  })

  api.get('/sessions', context => {
    const { property, value, type, operator = 'is' } = context.req.query()
    const { fullstory } = workspaceOf(context)
    if (!property) return context.text('which property?', 400)
    if (type === undefined) return context.json(fullstory.sessionsWhere(property, value))
    const found = fullstory.sessionsMatching({ property, type, operator, value: value ?? '' })
    return found ? context.json(found) : context.text('no such filter', 400)
  })

  api.post('/inbox', async context => {
    const message = await bodyOf(context)
    if (!isInboxMessage(message)) return context.text('needs `to` and `properties`', 400)
    return context.json({ queueId: workspaceOf(context).customerio.pushInbox(message) })
  })

  api.post('/faults', async context => {
    const { faults } = workspaceOf(context)
    return answer(context, applyPatch(faults, await bodyOf(context), isFault))
  })

  api.post('/settings', async context => {
    const { settings } = workspaceOf(context)
    return answer(
      context,
      applyPatch(settings, await bodyOf(context), value => typeof value === 'boolean'),
    )
  })

  api.post('/declare', async context => {
    const declared = await bodyOf(context)
    if (!isDeclaration(declared)) return context.text('not a declaration', 400)
    const { customerio, fullstory } = workspaceOf(context)
    if (declared.fullstory) fullstory.declare(declared.fullstory.userProperties, declared.fullstory.events)
    if (declared.customerio) customerio.declare(declared.customerio.attributes, declared.customerio.events)
    return context.json({})
  })

  api.post('/reset', context => {
    const { customerio, fullstory } = workspaceOf(context)
    customerio.reset()
    fullstory.reset()
    return context.json({})
  })

  api.get('/live', context =>
    streamSSE(context, async stream => {
      const announce = () => void stream.writeSSE({ event: 'change', data: '{}' })
      const stop = workspaceOf(context).changes.listen(announce)
      await stream.writeSSE({ event: 'ready', data: '{}' })
      await new Promise<void>(resolve => stream.onAbort(resolve))
      stop()
    }),
  )

  return api
}

function bodyOf(context: Context): Promise<unknown> {
  return context.req.json().catch(() => null)
}

function answer<T extends object>(context: Context, patch: Patch<T>): Response {
  return 'refused' in patch ? context.text(patch.refused, 400) : context.json(patch.result)
}
