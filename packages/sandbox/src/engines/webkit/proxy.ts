import { createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { type PageRecord, RECORD_PATH } from './page-record.ts'

/** A request of a page, with what Playwright's has of it. */
export class ProxiedRequest {
  constructor(
    private readonly incoming: IncomingMessage,
    private readonly body: Buffer,
  ) {}
  url = () => this.incoming.url ?? ''
  method = () => this.incoming.method ?? 'GET'
  headers = () => this.incoming.headers
  postData = () => (this.body.length ? this.body.toString() : null)
  postDataJSON = () => JSON.parse(this.postData() ?? 'null')
  postDataBuffer = () => this.body
  /** Of what failed there is none. */
  response = () => this.answered
  answer!: (response: ProxiedResponse | null) => void
  private readonly answered = new Promise<ProxiedResponse | null>(resolve => {
    this.answer = resolve
  })
}

export interface ProxiedResponse {
  url(): string
  status(): number
  request(): ProxiedRequest
  /** Until all of it has been passed on. */
  finished(): Promise<void>
}

/** What is answered in the place of a server. */
export interface Answer {
  status?: number
  contentType?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** What becomes of a request: `pass` goes on to the server. */
export type Verdict = 'pass' | 'abort' | Answer

export interface ProxyListener {
  decide(request: ProxiedRequest): Promise<Verdict>
  onRequest(request: ProxiedRequest): void
  onFailed(request: ProxiedRequest): void
  onResponse(response: ProxiedResponse): void
  onRecord(record: PageRecord): void
  /** Put before everything else in each document. */
  script(): string
}

export interface OpenProxy {
  port: number
  close(): Promise<void>
}

/** Between a browser and all servers: what a driver that speaks plain WebDriver cannot see or change. */
export const openProxy = async (listener: ProxyListener): Promise<OpenProxy> => {
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing, listener).catch(() => outgoing.destroy())
  })
  // Sockets of web sockets and of what is encrypted are passed on as they are.
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { hostname, port } = new URL(`http://${request.url}`)
    const upstream = connect(Number(port || 80), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const bodyOf = async (stream: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

const pass = async (incoming: IncomingMessage, outgoing: ServerResponse, listener: ProxyListener) => {
  const body = await bodyOf(incoming)
  const url = new URL(incoming.url ?? '')
  if (url.pathname === RECORD_PATH) {
    listener.onRecord(JSON.parse(body.toString()))
    outgoing.writeHead(204).end()
    return
  }
  const request = new ProxiedRequest(incoming, body)
  listener.onRequest(request)
  const verdict = await listener.decide(request)
  const passedOn = new Promise<void>(resolve => outgoing.on('close', resolve))
  passedOn.then(() => request.answer(null))
  const respond = (status: number) => {
    const response = {
      url: request.url,
      status: () => status,
      request: () => request,
      finished: () => passedOn,
    }
    request.answer(response)
    listener.onResponse(response)
  }
  if (verdict === 'abort') {
    outgoing.destroy()
    listener.onFailed(request)
    return
  }
  if (verdict !== 'pass') {
    const { status = 200, contentType, headers, body = '' } = verdict
    outgoing.writeHead(status, { ...(contentType && { 'content-type': contentType }), ...headers })
    outgoing.end(isDocument(outgoing.getHeader('content-type')) ? withScript(String(body), listener) : body)
    respond(status)
    return
  }
  await forward(url, request, outgoing, listener, respond)
}

const forward = (
  url: URL,
  request: ProxiedRequest,
  outgoing: ServerResponse,
  listener: ProxyListener,
  respond: (status: number) => void,
) =>
  new Promise<void>((resolve, reject) => {
    const { 'proxy-connection': _, connection: __, ...headers } = request.headers()
    // To browsers all of `localhost` is this machine; to Node only the name itself is.
    const hostname = url.hostname.endsWith('.localhost') ? 'localhost' : url.hostname
    const upstream = open(
      url,
      {
        hostname,
        method: request.method(),
        headers: { ...headers, 'accept-encoding': 'identity' },
        agent: false,
      },
      async answer => {
        const { statusCode = 502, headers: given } = answer
        respond(statusCode)
        const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = given
        try {
          if (!isDocument(given['content-type'])) {
            outgoing.writeHead(statusCode, kept)
            outgoing.flushHeaders()
            answer.pipe(outgoing)
            answer.on('error', reject)
            answer.on('end', resolve)
            return
          }
          const text = withScript((await bodyOf(answer)).toString(), listener)
          outgoing.writeHead(statusCode, { ...kept, 'content-length': Buffer.byteLength(text) }).end(text)
          resolve()
        } catch (error) {
          reject(error)
        }
      },
    )
    upstream.on('error', reject)
    outgoing.on('close', () => {
      if (outgoing.writableFinished) return
      upstream.destroy()
      listener.onFailed(request)
    })
    upstream.end(request.postDataBuffer())
  })

const isDocument = (type: unknown) => String(type ?? '').startsWith('text/html')

/** In front of a policy in the document, which then does not forbid it, and behind what makes it a modern one. */
const withScript = (document: string, listener: ProxyListener) => {
  const script = `<script>${listener.script()}</script>`
  const [doctype = ''] = /^\s*<!doctype[^>]*>/i.exec(document) ?? []
  return doctype + script + document.slice(doctype.length)
}
