import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { Project } from './project.ts'

export interface Site {
  origin: string
  /** What the server has complained of. */
  problems(): string
  close(): Promise<void>
}

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

/** Serves a folder; `<!-- vendors -->` in its pages are the vendors' snippets. */
export const serveFolder = async (folder: string, vendors: string): Promise<Site> => {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const body = await readFile(join(folder, path)).catch(() => undefined)
    response.writeHead(body ? 200 : 404, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    })
    response.end(
      extname(path) === '.html'
        ? body?.toString().replace('<!-- vendors -->', () => `<script>${vendors}</script>`)
        : body,
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    problems: () => '',
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/** Starts the built app of a Next.js project, which has the vendors' snippets from its environment. */
export const startNext = async ({ folder }: Project, vendors: string): Promise<Site> => {
  const server = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, VENDORS: vendors, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  server.stderr.on('data', chunk => {
    errors += chunk
  })
  const ended = new Promise<void>(resolve => server.once('exit', () => resolve()))
  const origin = await new Promise<string>((resolve, reject) => {
    let output = ''
    server.stdout.on('data', chunk => {
      output += chunk
      const port = /http:\/\/localhost:(\d+)/.exec(output)?.[1]
      if (port && /ready/i.test(output)) resolve(`http://localhost:${port}`)
    })
    ended.then(() => reject(new Error(`Next.js did not start:\n${output}\n${errors}`)))
  })
  return {
    origin,
    problems: () => errors,
    close: () => {
      server.kill()
      return ended
    },
  }
}
