import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { applyFault, type ServerEnvironment } from '../../fault.ts'
import type { CustomerIoWorkspace } from '../routes.ts'
import { IN_APP_PATH } from '../sdk-files.ts'
import type { InAppEvent } from './mailbox.ts'
import { RENDERER_PAGE } from './renderer.ts'

/**
 * A guest has no stream and polls, and so does everybody for a while after a page load or a change of user.
 * Ten minutes unless the server names another interval.
 */
const POLLING_SECONDS = 1
/** The SDK gives the stream up when it hears nothing for five seconds longer. */
const HEARTBEAT_SECONDS = 30

export function inAppRoutes(getWorkspace: (id: string) => CustomerIoWorkspace): Hono<ServerEnvironment> {
  const queue = new Hono<ServerEnvironment>()

  queue.use(async (context, next) => {
    const { faults } = getWorkspace(context.req.header('x-cio-site-id') ?? '')
    return (await applyFault(context, faults.inApp)) ?? next()
  })
  queue.post('/api/v4/users', context => {
    const { customerio, userToken } = caller(context)
    if (userToken === null) return context.text('no user token', 401)
    context.header('x-gist-queue-polling-interval', String(POLLING_SECONDS))
    context.header('x-cio-use-sse', String(context.req.header('x-gist-user-anonymous') !== 'true'))
    return context.json(customerio.queueOf(userToken))
  })
  queue.patch('/api/v1/messages/:id', async context => {
    const { customerio, userToken } = caller(context)
    const fields: unknown = await context.req.json().catch(() => null)
    const known = customerio.updateMessage(userToken ?? '', context.req.param('id'), fields)
    return known ? context.json({}) : context.text('no such message', 404)
  })
  queue.post('/api/v1/logs/queue/:id', context => {
    const { customerio, userToken } = caller(context)
    const known = customerio.finishMessage(userToken ?? '', context.req.param('id'))
    return known ? context.json({}) : context.text('no such message', 404)
  })
  queue.post('/api/v1/logs/message/:id', context => context.json({}))

  function caller(context: Context) {
    const { customerio } = getWorkspace(context.req.header('x-cio-site-id') ?? '')
    return { customerio, userToken: decodedToken(context.req.header('x-gist-encoded-user-token')) }
  }

  const app = new Hono<ServerEnvironment>()
  app.route(IN_APP_PATH.queue, queue)
  app.get('/index.html', context => context.html(RENDERER_PAGE))
  app.get(`${IN_APP_PATH.realtime}/api/v3/sse`, async context => {
    const { customerio, faults } = getWorkspace(context.req.query('siteId') ?? '')
    const faulty = await applyFault(context, faults.inApp)
    if (faulty) return faulty
    // The SDK puts base64 into the address as it is, and a plus sign there is read as a space.
    const userToken = decodedToken(context.req.query('userToken')?.replaceAll(' ', '+'))
    if (userToken === null) return context.text('no user token', 401)
    return streamSSE(context, async stream => {
      const send = (event: string, data: unknown) => stream.writeSSE({ event, data: JSON.stringify(data) })
      const disconnect = customerio.connect(
        userToken,
        ({ event, data }: InAppEvent) => void send(event, data),
      )
      const heartbeat = setInterval(() => void send('heartbeat', {}), HEARTBEAT_SECONDS * 1000)
      const gone = new Promise<void>(resolve => stream.onAbort(resolve))
      await send('connected', { heartbeat: HEARTBEAT_SECONDS })
      await gone
      clearInterval(heartbeat)
      disconnect()
    })
  })
  return app
}

function decodedToken(encoded: string | undefined): string | null {
  return encoded ? Buffer.from(encoded, 'base64').toString('latin1') : null
}
