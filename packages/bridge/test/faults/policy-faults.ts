import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { BrowserContext } from 'playwright-core'
import { packageRoot } from '../../scripts/entry-points.ts'
import type { Fault, Scene } from './play.ts'

type Start = Omit<Scene, 'page' | 'where'>
type Policy = (html: string, start: Start) => { policy: string; html?: string }

/** The shop's server sends a policy along with each page, and changes what the page has to for it. */
const under = (policy: Policy) => async (start: Start) => {
  const { visitor } = start
  // What a test has answered has no address, and from such a page the browser asks before it reaches into loopback.
  await visitor.grantPermissions(['local-network-access'])
  await onPages(visitor, html => {
    const { policy: header, html: changed = html } = policy(html, start)
    return {
      headers: { 'content-security-policy': `${header}; object-src 'none'; base-uri 'none'` },
      html: changed,
    }
  })
}

const onPages = (
  visitor: BrowserContext,
  change: (html: string) => { headers: Record<string, string>; html: string },
) =>
  visitor.route('**/page-*', async route => {
    const response = await route.fetch()
    const { headers, html } = change(await response.text())
    await route.fulfill({ response, headers: { ...response.headers(), ...headers }, body: html })
  })

const sha = (text: string | Buffer, bits = 256) =>
  `sha${bits}-${createHash(`sha${bits}`).update(text).digest('base64')}`

const INLINE = /<script>([\s\S]*?)<\/script>/g
const hashesOf = (html: string) =>
  [...html.matchAll(INLINE)].map(([, text = '']) => `'${sha(text)}'`).join(' ')

/** What a page of the shop talks to. */
const connections = ({ stage }: Start) =>
  `default-src 'self'; connect-src 'self' ${stage.sandbox.origin}; img-src data:; frame-src ${stage.sandbox.origin}; style-src 'unsafe-inline'`

const policy = (what: string, begin: Fault['begin'], more: Partial<Fault> = {}): Fault => ({
  group: 'Policy',
  of: 'both',
  what,
  begin,
  ...more,
})

/** Vendors that hear nothing on either page. */
const NOBODY = [
  ['customerio', 'fullstory'],
  ['customerio', 'fullstory'],
] as const

const FRAMED: Partial<Fault> = {
  framed: true,
  deaf: NOBODY,
  expected: { lostAtCustomerio: 13, flagsLost: 4, atWrongPerson: 2, notJoined: 8, held: 14 },
  because:
    "Customer.io's SDK does not start without storage; FullStory records the frame, and takes no person and no properties in one",
}

const FILE_HASH = sha(readFileSync(`${packageRoot}dist/retention-bridge.iife.js`), 384)
const withIntegrity = (html: string, hash: string) =>
  html.replace('<script src="/dist/', `<script integrity="${hash}" crossorigin src="/dist/`)

/** As loaders do it: trusted by the script that inserts it. */
const insertedByScript = (html: string) =>
  html.replace(
    /<script src="(\/dist\/[^"]+)"><\/script><script>([\s\S]*)<\/script>$/,
    (_, src, use) =>
      `<script>{ const tag = document.createElement('script'); tag.src = '${src}'; tag.onload = () => {${use}}; document.head.append(tag) }</script>`,
  )

const TRUSTED = "require-trusted-types-for 'script'"
const ALLOW_SNIPPETS = `trustedTypes.createPolicy('default', { createScriptURL: url => url })`

const TAG = { way: 'script tag' } as const

export const POLICY_FAULTS: readonly Fault[] = [
  policy(
    'CSP: nonce',
    under((html, start) => ({
      policy: `${connections(start)}; script-src 'self' 'nonce-n1' ${start.stage.sandbox.origin}`,
      html,
    })),
    { choice: { ...TAG, nonce: 'n1' } },
  ),
  policy(
    'CSP: nonce, as a module',
    under((_, start) => ({
      policy: `${connections(start)}; script-src 'self' 'nonce-n1' ${start.stage.sandbox.origin}`,
    })),
    { choice: { nonce: 'n1' } },
  ),
  policy(
    'CSP: nonce and `strict-dynamic`',
    under((_, start) => ({ policy: `${connections(start)}; script-src 'nonce-n1' 'strict-dynamic'` })),
    { choice: { ...TAG, nonce: 'n1' } },
  ),
  policy(
    'CSP: hashes',
    under((html, start) => ({
      policy: `${connections(start)}; script-src 'self' ${hashesOf(html)} ${start.stage.sandbox.origin}`,
    })),
    { choice: TAG },
  ),
  policy(
    'CSP: hashes and `strict-dynamic`, the file by its `integrity`',
    under((html, start) => ({
      policy: `${connections(start)}; script-src ${hashesOf(html)} '${FILE_HASH}' 'strict-dynamic'`,
      html: withIntegrity(html, FILE_HASH),
    })),
    {
      choice: TAG,
      deaf: NOBODY,
      expected: { lostAtCustomerio: 13, lostAtFullstory: 10, flagsLost: 4, held: 31, errors: 6 },
      because:
        'browsers take an `import()` of a script that is in the HTML for one of the HTML: trusted by `nonce`, not by `strict-dynamic`',
    },
  ),
  policy(
    'CSP: hashes and `strict-dynamic`, the file inserted by a script of the page',
    under((html, start) => {
      const inserted = insertedByScript(html)
      return {
        policy: `${connections(start)}; script-src ${hashesOf(inserted)} 'strict-dynamic'`,
        html: inserted,
      }
    }),
    { choice: TAG },
  ),
  policy(
    '`integrity` alone',
    under((html, start) => ({
      policy: connections(start).replace(/default-src[^;]*; /, ''),
      html: withIntegrity(html, FILE_HASH),
    })),
    { choice: TAG },
  ),
  policy(
    'Trusted Types, with a default policy for the snippets',
    under(() => ({ policy: TRUSTED })),
    {
      choice: { ...TAG, before: ALLOW_SNIPPETS },
    },
  ),
  policy(
    'Trusted Types, with a default policy, as a module',
    under(() => ({ policy: TRUSTED })),
    {
      choice: { before: ALLOW_SNIPPETS },
    },
  ),
  policy(
    'Trusted Types, which stop the snippets',
    under(() => ({ policy: TRUSTED })),
    {
      choice: TAG,
      deaf: NOBODY,
      expected: { lostAtCustomerio: 13, lostAtFullstory: 10, flagsLost: 4, held: 31, errors: 4 },
      because: "it is the vendors' snippets that throw, on both pages",
    },
  ),
  {
    group: 'Policy',
    of: 'both',
    what: 'a frame with `sandbox="allow-scripts"`',
    ...FRAMED,
  },
  {
    group: 'Policy',
    of: 'both',
    what: 'a frame with `sandbox="allow-scripts"`, by the script tag',
    choice: TAG,
    ...FRAMED,
  },
]
