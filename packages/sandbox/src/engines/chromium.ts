import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']
const PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

// In one process all browser contexts share their cookies, and without web security no CORS mistake shows.
const UNFIT_ARGUMENTS = ['--single-process', '--disable-web-security']

/** A Chrome or Chromium of this machine, else the one that ships inside an npm package. */
export async function launchChromium(): Promise<Browser> {
  const { chromium: playwright } = await import('playwright-core')
  const executablePath = installedBrowser()
  if (executablePath) return playwright.launch({ executablePath })
  // Only where it believes to be on the image it was made for does the package unpack shared libraries that
  // a bare machine lacks.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return playwright.launch({
    executablePath: await packaged.executablePath(),
    args: packaged.args.filter(argument => !UNFIT_ARGUMENTS.includes(argument)),
    headless: true,
  })
}

function installedBrowser(): string | undefined {
  const { CHROME_PATH, PATH = '' } = process.env
  const onPath = PATH.split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)))
  return [CHROME_PATH ?? '', ...onPath, ...PATHS].find(path => path !== '' && existsSync(path))
}
