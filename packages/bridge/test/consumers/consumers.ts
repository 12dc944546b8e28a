import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sandbox } from '@retention-bridge/sandbox'
import type { Browser } from 'playwright-core'
import type { Project } from './project.ts'
import { type Site, serveFolder, startNext } from './serve.ts'
import { compileWithEach } from './typescript.ts'
import { type Bytes, openStore, visit } from './visit.ts'

export interface Tools {
  sandbox: Sandbox
  browser: Browser
}

export interface Row {
  consumer: string
  version: string
  bytes?: Bytes
  ran: string
}

type Consumer = (project: Project, tools: Tools) => Promise<Row[]>

/** Texts of other entry points: a page that does not import them must not load them. */
const FOREIGN = {
  'checkout/index': 'checkout_resumed',
  'friction/index': 'rage_click',
  'chunks/panel': 'retention-bridge-panel',
  'carry/index': 'rb_carry',
}

const expectNothingElse = ({ folder }: Project, scripts: string[]): void => {
  for (const [file, text] of Object.entries(FOREIGN)) {
    const source = readFileSync(join(folder, `node_modules/retention-bridge/dist/${file}.js`), 'utf8')
    if (!source.includes(text)) throw new Error(`${file} has no ${text} any more: name another text of it`)
    if (scripts.some(script => script.includes(text))) throw new Error(`The page has loaded ${file}`)
  }
}

/** Opens one page of a site that has it with the library, and one without. */
const open = async (
  { sandbox, browser }: Tools,
  serve: (vendors: string) => Promise<Site>,
  path: string,
  bare: string,
) => {
  const { workspace, vendors } = openStore(sandbox)
  const site = await serve(vendors)
  try {
    return { ...(await visit(browser, site, { workspace, path, bare })), site }
  } finally {
    await site.close()
  }
}

/** What builds a folder of files: each of `pages`, with what is to be said of it, is one row. */
const folder =
  (name: string, tool: string, pages: Record<string, string> = { index: '' }): Consumer =>
  async (project, tools) => {
    await project.run('npm', 'run', 'build')
    const rows: Row[] = []
    for (const [page, remark] of Object.entries(pages)) {
      const serve = (vendors: string) => serveFolder(join(project.folder, 'dist'), vendors)
      const { bytes, scripts } = await open(tools, serve, `/${page}.html`, '/bare.html')
      if (name !== 'script tag') expectNothingElse(project, scripts)
      rows.push({
        consumer: [name, remark].filter(Boolean).join(', '),
        version: project.versionOf(tool),
        bytes,
        ran: 'Chromium',
      })
    }
    return rows
  }

/** What has nothing for a browser: its script `build` is the proof. */
const inNode =
  (name: string, version: (project: Project) => string): Consumer =>
  async project => {
    await project.run('npm', 'run', 'build')
    return [{ consumer: name, version: version(project), ran: 'Node' }]
  }

const next: Consumer = async (project, tools) => {
  await project.run('npm', 'run', 'build')
  let rendered = ''
  const serve = async (vendors: string) => {
    const site = await startNext(project, vendors)
    // What the server makes of the page where the bridge is created while it renders.
    rendered = await (await fetch(site.origin)).text()
    return site
  }
  const { bytes, scripts } = await open(tools, serve, '/', '/bare')
  if (!/The visitor is (<!-- -->)?anonymous/.test(rendered))
    throw new Error(`The server has not rendered the page: ${rendered}`)
  expectNothingElse(project, scripts)
  return [
    {
      consumer: 'Next.js, app router with server rendering',
      version: project.versionOf('next'),
      bytes,
      ran: 'Node, Chromium',
    },
  ]
}

const typescript: Consumer = async (project, tools) => {
  const rows: Row[] = []
  for (const { version, resolutions, page } of await compileWithEach(project)) {
    const serve = (vendors: string) => serveFolder(project.folder, vendors)
    const { bytes } = await open(tools, serve, `/${page}`, '/bare.html')
    rows.push({
      consumer: `TypeScript: ${resolutions.join(', ')}`,
      version,
      bytes,
      ran: 'Node, Chromium',
    })
  }
  return rows
}

/** By the names of their folders. */
export const CONSUMERS: Record<string, Consumer> = {
  'script-tag': folder('script tag', 'retention-bridge', {
    index: 'with SRI',
    full: 'all there is, with SRI',
  }),
  node: inNode('import and require', () => process.versions.node),
  esbuild: folder('esbuild', 'esbuild', { index: 'ESM with splitting', 'one-file': 'one IIFE' }),
  vite: folder('Vite', 'vite'),
  webpack: folder('webpack', 'webpack'),
  next,
  jest: inNode('jest with ts-jest, CJS', project => project.versionOf('jest')),
  typescript,
}
