import type { MiddlewareHandler } from 'hono'

/** Any page may use the sandbox, as any page may use the vendors. */
export const allowAnyOrigin: MiddlewareHandler = async (context, next) => {
  const headers = {
    'access-control-allow-origin': context.req.header('origin') ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': context.req.header('access-control-request-headers') ?? '*',
    'access-control-allow-methods': 'GET, POST, PATCH, DELETE, OPTIONS',
    'access-control-expose-headers': 'x-gist-queue-polling-interval, x-cio-use-sse',
    // A page that is served over https from another host may ask before it reaches into loopback.
    'access-control-allow-private-network': 'true',
    vary: 'Origin',
  }
  for (const [name, value] of Object.entries(headers)) context.header(name, value)
  if (context.req.method === 'OPTIONS') return context.body(null, 204)
  return next()
}
