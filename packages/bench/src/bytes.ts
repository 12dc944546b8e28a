import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { customerioSnippet, fullstorySnippet } from '@retention-bridge/sandbox'
import { bundle } from './build-peer.ts'

export interface Bytes {
  brotli: number
  gzip: number
}

/** What a shop imports, and what of that is loaded on demand when both vendors are found. */
const IMPORTS: Record<string, { code: string; onDemand?: RegExp }> = {
  ours: {
    code: "export { createBridge, defineFlags } from 'retention-bridge'",
    onDemand: /dist\/chunks\/(delivery|find-customerio|find-fullstory)\.js$/,
  },
  analytics: {
    code: `export { default as Analytics } from 'analytics'
      export { default as fullstory } from '@analytics/fullstory'
      export { default as customerio } from '@analytics/customerio'`,
  },
  segment: {
    code: `export { AnalyticsBrowser } from '@segment/analytics-next'
      export { fullstoryDestination } from './segment-fullstory.ts'`,
  },
  'sentry alone': { code: "export { fullStoryIntegration } from '@sentry/fullstory'" },
  sentry: {
    code: `export { fullStoryIntegration } from '@sentry/fullstory'
      export { captureException, init, setUser } from '@sentry/browser'
      export { FullStory, init as initFullStory } from '@fullstory/browser'`,
  },
  glue: { code: "export * from './glue-code.ts'" },
}

const CHUNKS = ['delivery', 'find-customerio', 'find-fullstory'].map(name => `chunks/${name}.js`)

/** Our script tags, with what they load when both vendors are found. */
const SCRIPT_TAGS: Record<string, string[]> = {
  'script tag': ['retention-bridge.iife.js', ...CHUNKS],
  'script tag with all there is': ['retention-bridge-full.iife.js', ...CHUNKS],
}

/** Compressed size of all files that a shopper downloads, each file by itself as servers send them. */
export const measureBytes = async (): Promise<Record<string, Bytes>> => {
  const sizes: Record<string, Bytes> = {}
  for (const [name, { code, onDemand }] of Object.entries(IMPORTS))
    sizes[name] = sum(await downloaded(code, onDemand))
  for (const [name, files] of Object.entries(SCRIPT_TAGS))
    sizes[name] = sum(files.map(file => readFileSync(new URL(file, DIST), 'utf8')))
  // Pages of ours and of the glue have these in their HTML; the other two bring their own along.
  const account = { origin: 'https://shop.example', workspace: 'account' }
  sizes.snippets = sum([fullstorySnippet(account) + customerioSnippet(account)])
  return sizes
}

const DIST = new URL('../../bridge/dist/', import.meta.url)
const folder = fileURLToPath(new URL('./peers/', import.meta.url))

const downloaded = async (contents: string, onDemand?: RegExp): Promise<string[]> => {
  const { metafile, outputFiles } = await bundle({
    stdin: { contents, resolveDir: folder, loader: 'ts', sourcefile: 'entry.ts' },
  })
  const outputs = metafile.outputs
  const wanted = Object.keys(outputs).filter(name => {
    const entry = outputs[name]?.entryPoint ?? ''
    return entry.endsWith('entry.ts') || onDemand?.test(entry)
  })
  // A list that grows while it is walked: what they import is downloaded, too.
  for (const name of wanted)
    for (const { path, kind } of outputs[name]?.imports ?? [])
      if (kind === 'import-statement' && path in outputs && !wanted.includes(path)) wanted.push(path)
  return outputFiles
    .filter(({ path }) => wanted.some(name => path.endsWith(name.replace(/^.*\//, '/'))))
    .map(({ text }) => text)
}

const sum = (texts: string[]): Bytes => ({
  brotli: texts.reduce((all, text) => all + brotliCompressSync(text).length, 0),
  gzip: texts.reduce((all, text) => all + gzipSync(text, { level: 9 }).length, 0),
})
