import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'

/** A screen that nobody looks at. WebKitGTK has no mode without one. */
export interface Display {
  name: string
  close(): void
}

export const openDisplay = async (): Promise<Display> => {
  const screen: ChildProcess = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const close = () => void screen.kill()
  process.once('exit', close)
  const failed = once(screen, 'error').then(([error]) => {
    throw new Error(`no Xvfb: ${error}`)
  })
  const [number] = await Promise.race([once(screen.stdio[3] as Readable, 'data'), failed])
  return { name: `:${String(number).trim()}`, close }
}
