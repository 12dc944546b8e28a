import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installedFirefox } from '../src/engines/firefox.ts'
import { installedWebKit } from '../src/engines/webkit/driver.ts'
import type { Engine } from '../src/index.ts'

const onPath = (name: string) =>
  (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, name)))

/** What is missing for an engine, by its Debian package. Chromium comes with npm where there is none. */
const missingFor: Record<Engine, () => string[]> = {
  chromium: () => [],
  firefox: () => (installedFirefox() ? [] : ['firefox-esr']),
  webkit: () => [
    ...(onPath('WebKitWebDriver') && installedWebKit() ? [] : ['webkit2gtk-driver']),
    ...(onPath('Xvfb') ? [] : ['xvfb']),
  ],
}

/** Installs what engines need, or throws with what to do instead. */
export const installEngines = (engines: readonly Engine[]): void => {
  const missing = () => engines.flatMap(name => missingFor[name]())
  if (!missing().length) return
  const command = `apt-get install -y --no-install-recommends ${missing().join(' ')}`
  if (process.getuid?.() === 0 && onPath('apt-get'))
    for (const line of ['apt-get update', command]) {
      console.log(line)
      spawnSync(line, {
        shell: true,
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    }
  const still = missing()
  if (still.length)
    throw new Error(
      `Missing for ${engines.join(', ')}: ${still.join(', ')}. On Debian or Ubuntu, as root: ${command}. ` +
        'Elsewhere FIREFOX_PATH names a Firefox, and WEBKIT_PATH the MiniBrowser of WebKitGTK.',
    )
}
