import { readFile } from 'node:fs/promises'
import type { Answer, ProxiedRequest, Verdict } from './proxy.ts'

/** Playwright's route, as far as it is used. */
export interface Route {
  request(): ProxiedRequest
  continue(): Promise<void>
  fallback(): Promise<void>
  abort(): Promise<void>
  fulfill(answer: Answer & { path?: string; json?: unknown; response?: FetchedResponse }): Promise<void>
  fetch(): Promise<FetchedResponse>
}
export type RouteHandler = (route: Route, request: ProxiedRequest) => unknown

interface FetchedResponse {
  status(): number
  headers(): Record<string, string>
  text(): Promise<string>
  body(): Promise<Buffer>
  json(): Promise<unknown>
}

/** Asks one handler after the other until one decides; one that never does lets the request wait. */
export const handle = async (request: ProxiedRequest, handlers: RouteHandler[]): Promise<Verdict> => {
  for (const handler of handlers) {
    const verdict = await new Promise<Verdict | 'next'>((resolve, reject) => {
      const route: Route = {
        request: () => request,
        continue: async () => resolve('pass'),
        fallback: async () => resolve('next'),
        abort: async () => resolve('abort'),
        fulfill: async ({ path, json, response, ...answer }) => {
          const body = path ? await readFile(path) : json !== undefined ? JSON.stringify(json) : answer.body
          resolve({
            ...(response && {
              status: response.status(),
              headers: response.headers(),
              body: await response.body(),
            }),
            ...answer,
            ...(body !== undefined && { body }),
            ...(json !== undefined && { contentType: 'application/json' }),
          })
        },
        fetch: () => fetched(request),
      }
      Promise.resolve(handler(route, request)).catch(reject)
    })
    if (verdict !== 'next') return verdict
  }
  return 'pass'
}

const fetched = async (request: ProxiedRequest): Promise<FetchedResponse> => {
  const answer = await fetch(request.url(), {
    method: request.method(),
    ...(request.postData() !== null && { body: request.postData() }),
  })
  const body = Buffer.from(await answer.arrayBuffer())
  const {
    'content-encoding': _,
    'transfer-encoding': __,
    'content-length': ___,
    connection: ____,
    ...headers
  } = Object.fromEntries(answer.headers)
  return {
    status: () => answer.status,
    headers: () => headers,
    text: async () => body.toString(),
    body: async () => body,
    json: async () => JSON.parse(body.toString()),
  }
}
