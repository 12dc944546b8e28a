import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const sources = fileURLToPath(new URL('.', import.meta.url))
const execute = promisify(execFile)

/** A consumer's folder, out of reach of what the repository has installed. */
export interface Project {
  folder: string
  run(command: string, ...args: string[]): Promise<string>
  versionOf(dependency: string): string
}

/** Those that bundle the same two pages; what one of them needs otherwise is in its own folder. */
const BUNDLERS = ['esbuild', 'vite', 'webpack']

const NPM = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error']

/**
 * Copies a consumer, and installs what it pins and then the tarball, as a user would. What is installed already, in a
 * folder that was kept, stays unless the lock file has changed.
 */
export const prepareProject = async (name: string, directory: string, tarball: string): Promise<Project> => {
  const folder = join(directory, name)
  const run = async (command: string, ...args: string[]): Promise<string> => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined }
    try {
      const { stdout } = await execute(command, args, { cwd: folder, env, maxBuffer: 2 ** 26 })
      return stdout
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
      throw new Error(`${name}: ${[command, ...args].join(' ')}\n${stdout}\n${stderr}`, { cause: error })
    }
  }
  const installed = join(folder, 'node_modules/installed-lock.json')
  const lock = readFileSync(`${sources}${name}/package-lock.json`, 'utf8')
  const isInstalled = existsSync(installed) && readFileSync(installed, 'utf8') === lock
  for (const entry of existsSync(folder) ? readdirSync(folder) : [])
    if (entry !== 'node_modules') rmSync(join(folder, entry), { recursive: true })
  if (BUNDLERS.includes(name)) cpSync(`${sources}bundled`, folder, { recursive: true })
  cpSync(`${sources}${name}`, folder, {
    recursive: true,
    filter: source => !/[/\\](node_modules|dist|\.next)$/.test(source),
  })
  cpSync(`${sources}shop.js`, join(folder, 'shop.js'))
  if (!isInstalled) {
    await run('npm', 'ci', ...NPM)
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    writeFileSync(installed, lock)
  }
  await run('npm', 'install', '--no-save', ...NPM, tarball)
  return {
    folder,
    run,
    versionOf: dependency => {
      const manifest = readFileSync(join(folder, 'node_modules', dependency, 'package.json'), 'utf8')
      return (JSON.parse(manifest) as { version: string }).version
    },
  }
}
