import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Builder, type WebDriver } from 'selenium-webdriver'

const LIBRARIES = '/usr/lib'

/** The small browser that WebKitGTK brings along. */
export const installedWebKit = (): string | undefined => {
  if (process.env.WEBKIT_PATH) return process.env.WEBKIT_PATH
  if (!existsSync(LIBRARIES)) return undefined
  const folders = readdirSync(LIBRARIES).flatMap(triplet =>
    ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map(
      version => `${LIBRARIES}/${triplet}/${version}/MiniBrowser`,
    ),
  )
  return folders.find(path => existsSync(path))
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Ended, each ends its browser, too. */
const servers = new Set<ChildProcess>()
process.once('exit', () => {
  for (const server of servers) server.kill()
})

export interface Driven {
  driver: WebDriver
  stop(): Promise<void>
}

/** A browser with a profile of its own, which ends with it, whose requests all go through a proxy. */
export const startDriven = async (display: string, proxy: number): Promise<Driven> => {
  const binary = installedWebKit()
  if (!binary)
    throw new Error('no WebKitGTK found: install it, or say with WEBKIT_PATH where its MiniBrowser is')
  const port = await freePort()
  const server = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      // There is no graphics card to gain from: without, an answer takes a fifth of the time.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  })
  servers.add(server)
  const address = `http://127.0.0.1:${port}`
  await listening(server, address)
  const driver = await new Builder()
    .usingServer(address)
    .withCapabilities({
      browserName: 'MiniBrowser',
      // `goto` waits itself, since it may have to wait for less than a load.
      pageLoadStrategy: 'none',
      proxy: { proxyType: 'manual', httpProxy: `127.0.0.1:${proxy}`, sslProxy: `127.0.0.1:${proxy}` },
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    })
    .build()
  await driver.manage().setTimeouts({ script: 60_000 })
  return {
    driver,
    stop: async () => {
      await driver.quit().catch(() => {})
      server.kill()
      servers.delete(server)
    },
  }
}

const listening = async (server: ChildProcess, address: string) => {
  let failure: unknown
  server.on('error', error => {
    failure = error
  })
  for (let left = 200; left; left--) {
    if (failure) throw new Error(`no WebKitWebDriver: ${failure}`)
    if (
      await fetch(`${address}/status`).then(
        () => true,
        () => false,
      )
    )
      return
    await pause(25)
  }
  throw new Error('WebKitWebDriver does not answer')
}
