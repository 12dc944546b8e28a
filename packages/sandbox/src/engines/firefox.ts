import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'

const NAMES = ['firefox-esr', 'firefox']

export const installedFirefox = (): string | undefined => {
  const { FIREFOX_PATH = '', PATH = '' } = process.env
  const onPath = PATH.split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)))
  return [FIREFOX_PATH, ...onPath].find(path => path !== '' && existsSync(path))
}

/** An unmodified Firefox, over WebDriver BiDi. */
export async function launchFirefox(): Promise<Browser> {
  const executablePath = installedFirefox()
  if (!executablePath) throw new Error('no Firefox found: install it, or say with FIREFOX_PATH where it is')
  const { firefox } = await import('playwright-core')
  return firefox.launch({ channel: 'moz-firefox', executablePath })
}
