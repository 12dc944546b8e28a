import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import { build } from 'esbuild'
import { customerioSnippet } from '../../../sandbox/src/customerio/snippet.ts'
import { fullstoryScript } from '../../../sandbox/src/fullstory/script-bundle.ts'
import { fullstorySnippet } from '../../../sandbox/src/fullstory/snippet.ts'
import { packageRoot } from '../../scripts/entry-points.ts'

/** Globals that a script finds on its page and not in Node. Everything else is the language's own. */
export const PAGE_GLOBALS = [
  'window',
  'globalThis',
  'self',
  'document',
  'location',
  'history',
  'navigator',
  'localStorage',
  'performance',
  'Date',
  'Math',
  'setTimeout',
  'clearTimeout',
  'queueMicrotask',
  'fetch',
  'crypto',
  'console',
  'reportError',
  'HTMLScriptElement',
] as const

export type PageGlobals = Record<(typeof PAGE_GLOBALS)[number], unknown>

/** A script that has been compiled once and runs on any number of pages. */
export type Script = (globals: PageGlobals) => void

/** The scripts of a store's page. */
export interface Scripts {
  /** The built production script of the library. */
  bridge: Script
  fullstorySnippet: Script
  /** The sandbox's double of fs.js. */
  fullstory: Script
  customerioSnippet: Script
  /** Leaves the `User` class of Customer.io's SDK, with its real storage, on the window as `User`. */
  customerioUser: Script
}

const ACCOUNT = { origin: 'http://localhost:4400', workspace: 'model' }

// One function for a page's globals instead of a context for each page: a hundred times cheaper, and all pages of a
// sequence are loaded many thousand times.
const compile = (text: string, filename: string): Script => {
  const run = compileFunction(text, [...PAGE_GLOBALS], { filename })
  return globals => run(...PAGE_GLOBALS.map(name => globals[name]))
}

const bundleUser = async (): Promise<string> => {
  const sdk = createRequire(import.meta.url).resolve('@customerio/cdp-analytics-browser/package.json')
  const user = sdk.replace('package.json', 'dist/cjs/core/user')
  return bundle(`import { User } from ${JSON.stringify(user)}; window.User = User`)
}

/** One script of all that a module imports, also of what it would load when it is needed. */
const bundle = async (contents: string): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    format: 'iife',
    globalName: 'RetentionBridge',
    minifyWhitespace: true,
    target: 'es2020',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** Changes the text of a script before it is compiled: for a build that is broken on purpose. */
export interface Edits {
  bridge?: (text: string) => string
  fullstory?: (text: string) => string
}

/** Compiles everything. Rejects where the library has not been built. */
export const loadScripts = async ({ bridge, fullstory }: Edits = {}): Promise<Scripts> => {
  const asIs = (text: string) => text
  const built = await bundle(`export * from ${JSON.stringify(`${packageRoot}dist/index.js`)}`)
  return {
    bridge: compile(`${(bridge ?? asIs)(built)}\nwindow.RetentionBridge = RetentionBridge`, 'bridge.js'),
    fullstorySnippet: compile(fullstorySnippet({ ...ACCOUNT, version: '2.1' }), 'fullstory-snippet.js'),
    fullstory: compile((fullstory ?? asIs)(await fullstoryScript()), 'fs.js'),
    customerioSnippet: compile(customerioSnippet(ACCOUNT), 'customerio-snippet.js'),
    customerioUser: compile(await bundleUser(), 'customerio-user.js'),
  }
}
