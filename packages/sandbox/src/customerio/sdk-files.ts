import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const UMD_FOLDER = join(
  dirname(require.resolve('@customerio/cdp-analytics-browser/package.json')),
  'dist/umd',
)
const GIST_FILE = require.resolve('customerio-gist-web')

const PLAIN_FILE_NAME = /^[\w-]+\.js$/

/** Where the in-app part of the vendor's `local` environment is answered; relative to the sandbox. */
export const IN_APP_PATH = { queue: '/in-app/queue', realtime: '/in-app/realtime' } as const

/** A published file of the SDK, or null when there is none of that name. */
export async function sdkFile(name: string, origin: string): Promise<string | null> {
  if (!PLAIN_FILE_NAME.test(name)) return null
  try {
    return pointedAtSandbox(await readFile(join(UMD_FOLDER, name), 'utf8'), origin)
  } catch {
    return null
  }
}

/** As `sdkFile`, for the build whose own chunks come from the vendor's CDN unless the page says otherwise. */
export async function sdkModule(name: string, origin: string): Promise<string | null> {
  const text = await sdkFile(name, origin)
  return text?.replaceAll('"https://cdp.customer.io"', JSON.stringify(origin)) ?? null
}

export async function gistFile(origin: string): Promise<string> {
  return pointedAtSandbox(await readFile(GIST_FILE, 'utf8'), origin)
}

/** The `local` environment is three fixed ports; a sandbox has one, and any. Nothing else is changed. */
function pointedAtSandbox(text: string, origin: string): string {
  return (
    text
      .replaceAll('http://localhost:3010', origin + IN_APP_PATH.queue)
      .replaceAll('http://localhost:3009', origin + IN_APP_PATH.realtime)
      // Without a path: the SDK compares it with the origin of the renderer's messages.
      .replaceAll('http://localhost:9998', origin)
  )
}
