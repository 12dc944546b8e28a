import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { entryPoints, packageRoot } from '../../scripts/entry-points.ts'

/** What `load` leaves behind in a Node process of its own: global names and timers. */
const traces = (load: string, ...flags: string[]): unknown => {
  const script = `
    import { createRequire } from 'node:module'
    const require = createRequire(import.meta.url)
    const before = Reflect.ownKeys(globalThis)
    ${load}
    const names = Reflect.ownKeys(globalThis).filter(name => !before.includes(name)).map(String)
    const timers = process.getActiveResourcesInfo().filter(kind => kind === 'Timeout' || kind === 'Immediate')
    console.log(JSON.stringify([...names, ...timers]))`
  const output = execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', script], {
    cwd: packageRoot,
    encoding: 'utf8',
    timeout: 20_000,
  })
  return JSON.parse(output)
}

describe.each(entryPoints)('$specifier where there is no page', ({ name }) => {
  it('leaves no trace when its source is imported', () => {
    expect(traces(`await import('./src/${name}.ts')`, '--import', 'tsx')).toEqual([])
  })

  it('leaves no trace when the built module is imported', () => {
    expect(traces(`await import('./dist/${name}.js')`)).toEqual([])
  })

  it('leaves no trace when the built module is required', () => {
    expect(traces(`require('./dist/${name}.cjs')`)).toEqual([])
  })
})
