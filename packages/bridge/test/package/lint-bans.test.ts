import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'lint-bans-'))
afterAll(() => rmSync(directory, { recursive: true }))

const GLOBALS = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'globalThis',
  'self',
]

const VENDOR_NAMES = {
  global: 'export const call = () => FS',
  method: 'export const call = (sdk: { trackEvent(): void }) => sdk',
  'method-call': 'export const call = sdk => sdk.getSession()',
  operation: "export const call = sdk => sdk('setProperties')",
  'template-operation': 'export const call = sdk => sdk(`setIdentity`)',
  'operation-type': "export type Operation = 'setIdentity'",
  'global-by-key': "export const call = page => page['cioanalytics']",
  'global-as-property': 'export const call = page => page._cio',
  'destructured-method': 'export const call = ({ setUserVars: set }) => set',
  'implemented-method': 'export const sdk = { setUserToken() {} }',
}

const FILES: Record<string, string> = {
  'globals.ts': GLOBALS.map((name, index) => `export const read${index} = () => ${name}`).join('\n'),
  'prose.ts':
    "/** FS, cioanalytics.identify() */\nexport const hint = 'Call setIdentity of FS, or _cio.identify'",
}
for (const name of GLOBALS) FILES[`delivery/${name}.ts`] = `export const read = () => ${name}`
for (const [name, code] of Object.entries(VENDOR_NAMES))
  for (const folder of ['delivery', 'fullstory', 'customerio']) FILES[`${folder}/${name}.ts`] = code

let report = ''
beforeAll(() => {
  for (const file of ['biome.json', 'vendor-names.grit'])
    cpSync(`${repository}${file}`, join(directory, file))
  for (const [path, code] of Object.entries(FILES)) {
    const file = join(directory, 'packages/bridge/src', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${code}\n`)
  }
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.']
  report = spawnSync(`${repository}node_modules/.bin/biome`, args, {
    cwd: directory,
    encoding: 'utf8',
  }).stdout
})

/** The rules that a file of the library breaks. */
const broken = (path: string): string[] =>
  [...report.matchAll(/^::error title=([\w/]+),file=([^,]+)/gm)].flatMap(([, rule = '', file]) =>
    file?.endsWith(`packages/bridge/src/${path}`) ? rule : [],
  )

it.each(GLOBALS)('refuses a bare %s outside globals.ts', name => {
  expect(broken(`delivery/${name}.ts`)).toEqual(['lint/style/noRestrictedGlobals'])
})

it('lets globals.ts read them all', () => {
  expect(broken('globals.ts')).toEqual([])
})

it.each(Object.keys(VENDOR_NAMES))('refuses a vendor name outside its folder: %s', name => {
  expect(broken(`delivery/${name}.ts`)).toEqual(['plugin'])
  expect(broken(`fullstory/${name}.ts`)).toEqual([])
  expect(broken(`customerio/${name}.ts`)).toEqual([])
})

it('lets comments and prose name a vendor', () => {
  expect(broken('prose.ts')).toEqual([])
})
