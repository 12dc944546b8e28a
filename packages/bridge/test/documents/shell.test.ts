import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { repositoryRoot } from '../../../../docs/.vitepress/pages.ts'
import { blocksIn, where } from './markdown.ts'

interface Manifest {
  name: string
  private?: true
  scripts?: Record<string, string>
  devDependencies?: Record<string, string>
}

const manifest = (folder = ''): Manifest =>
  JSON.parse(readFileSync(`${repositoryRoot}${folder}package.json`, 'utf8')) as Manifest

const workspace = (name: string): Manifest | undefined =>
  ['packages/bridge/', 'packages/shopify/', 'packages/sandbox/', `examples/${name}/`]
    .filter(folder => existsSync(`${repositoryRoot}${folder}package.json`))
    .map(manifest)
    .find(one => one.name === name)

/** Whether a command is there to be called; what it does, other tests show. */
const exists = (command: string): boolean => {
  const [program, verb = '', ...rest] = command.trim().split(/\s+/)
  if (program !== 'npm') return false
  const of = rest.indexOf('--workspace')
  const { scripts = {} } = (of < 0 ? manifest() : workspace(rest[of + 1] ?? '')) ?? {}
  if (verb === 'ci') return !rest.length
  if (verb === 'install') return rest.every(name => workspace(name)?.private === undefined && workspace(name))
  return (verb === 'run' ? (rest[0] ?? '') : verb) in scripts
}

const commands = blocksIn('sh').flatMap(block =>
  block.code
    .replace(/#.*$/gm, '')
    .split(/\n|&&/)
    .filter(line => line.trim())
    .map(command => [where(block), command.trim()] as const),
)

it.each(commands)('%s: %s', (_, command) => {
  expect(exists(command)).toBe(true)
})

it.each(['npm run nothing', 'npm install nothing', 'npm start --workspace nothing', 'rm -rf /'])(
  'notices that %s is none',
  command => {
    expect(exists(command)).toBe(false)
  },
)
