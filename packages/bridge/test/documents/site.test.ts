import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, posix } from 'node:path'
import { launchBrowser } from '@retention-bridge/sandbox'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documents, repositoryRoot, siteLink } from '../../../../docs/.vitepress/pages.ts'
import { linksIn } from './markdown.ts'

/** The site as it is built, in a browser. */
const folder = `${repositoryRoot}docs/.vitepress/dist`
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** As hosts of static sites do: an address without extension is that of its page. */
const fileOf = (path: string): string | undefined =>
  [path, `${path}.html`, `${path}index.html`, `${path}/index.html`]
    .map(candidate => folder + candidate)
    .find(candidate => existsSync(candidate) && statSync(candidate).isFile())

const server = createServer((request, response) => {
  const file = fileOf(decodeURI(new URL(request.url ?? '/', 'http://localhost').pathname))
  response.writeHead(file ? 200 : 404, { 'content-type': TYPES[extname(file ?? '')] ?? 'text/plain' })
  response.end(file && readFileSync(file))
})

let browser: Browser
let origin: string
const elsewhere: string[] = []
const problems: string[] = []

const open = async (path: string, width = 1280): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  page.on('request', request => {
    const url = request.url()
    if (!url.startsWith(origin) && !url.startsWith('data:')) elsewhere.push(url)
  })
  page.on('pageerror', error => problems.push(`${path}: ${error}`))
  page.on('console', message => {
    if (message.type() === 'error') problems.push(`${path}: ${message.text()}`)
  })
  await page.goto(origin + path)
  await page.locator('.vp-doc h1').waitFor()
  return page
}

beforeAll(async () => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'docs'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  // What fails while a page is rendered is printed, and the build goes on.
  if (status !== 0 || /Error/.test(stdout + stderr)) throw new Error(stdout + stderr)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})

it.each(documents)('has %s, without a dead link or image', document => {
  const html = readFileSync(fileOf(siteLink(document)) ?? '', 'utf8')
  const targets = [...html.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, target = '']) =>
    target.replaceAll('&amp;', '&'),
  )
  const dead = targets.filter(target => {
    if (/^(https?:|mailto:|data:)/.test(target)) return false
    const { pathname, hash } = new URL(target, `http://localhost${siteLink(document)}`)
    const file = fileOf(decodeURI(pathname))
    if (!file) return true
    const id = decodeURIComponent(hash.slice(1))
    return id !== '' && !readFileSync(file, 'utf8').includes(`id="${id}"`)
  })
  expect(dead).toEqual([])
  // A link to another document leads to its page.
  const linked = linksIn(document)
    .filter(link => !/^(https?:|mailto:|#)/.test(link))
    .map(link => posix.join(posix.dirname(document), link.split('#')[0] ?? ''))
    .filter(target => documents.includes(target))
  const addresses = targets.map(target => target.split('#')[0])
  expect(linked.filter(target => !addresses.includes(siteLink(target)))).toEqual([])
})

const SEEN = [
  '/',
  '/get-started',
  '/identity',
  '/troubleshooting',
  '/privacy',
  '/reference/retention-bridge/checkout',
]

it.each(SEEN.flatMap(path => [1280, 390].map(width => [path, width] as const)))(
  '%s has no barriers at %i pixels, and is no wider than that',
  async (path, width) => {
    const page = await open(path, width)
    await page.evaluate(axe)
    const serious = await page.evaluate(async () => {
      const { violations } = await (
        window as never as { axe: { run(): Promise<{ violations: Violation[] }> } }
      ).axe.run()
      interface Violation {
        id: string
        impact: string
        nodes: { html: string }[]
      }
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(' ')}`)
    })
    expect(serious).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.close()
  },
)

it('finds a code of the doctor', async () => {
  const page = await open('/')
  // What is pressed before the site's script has taken the page over is lost.
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}))
  await page.keyboard.press('Control+k')
  await page.locator('#localsearch-input').fill('flag-other-type')
  await page.locator('.results .result').first().waitFor()
  expect(await page.locator('.results').textContent()).toContain('flag-other-type')
  await page.close()
})

it('asks nobody else for anything, and fails nowhere', () => {
  expect(elsewhere).toEqual([])
  expect(problems).toEqual([])
})
