/** An import that is not used leaves nothing, and one that is used brings no other entry point along. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import webpack from 'webpack'

const at = path => fileURLToPath(new URL(path, import.meta.url))

const { exports } = JSON.parse(readFileSync(at('node_modules/retention-bridge/package.json'), 'utf8'))
const keys = Object.keys(exports).filter(key => exports[key].import)
const nameOf = key => (key === '.' ? 'index' : key.slice(2))
const specifierOf = key => key.replace('.', 'retention-bridge')

mkdirSync(at('shaken'))
const entry = {}
for (const key of keys) {
  const [first] = Object.keys(await import(specifierOf(key)))
  for (const [kind, use] of Object.entries({ unused: '', used: `window.used = ${first}\n` })) {
    entry[`${nameOf(key)}.${kind}`] = `./shaken/${nameOf(key)}.${kind}.js`
    writeFileSync(
      at(`shaken/${nameOf(key)}.${kind}.js`),
      `import { ${first} } from '${specifierOf(key)}'\n${use}`,
    )
  }
}
const stats = await promisify(webpack)({
  mode: 'production',
  context: at('.'),
  entry,
  output: { path: at('shaken/dist') },
})
assert.equal(stats.hasErrors(), false, stats.toString('errors-only'))

const { chunks } = stats.toJson({
  all: false,
  chunks: true,
  chunkModules: true,
  nestedModules: true,
  // Otherwise what another module brings along is only counted.
  dependentModules: true,
  chunkModulesSpace: Number.POSITIVE_INFINITY,
  nestedModulesSpace: Number.POSITIVE_INFINITY,
  ids: true,
})
const files = modules => modules.flatMap(({ name = '', modules = [] }) => [name, ...files(modules)])
for (const key of keys) {
  assert.equal(readFileSync(at(`shaken/dist/${nameOf(key)}.unused.js`), 'utf8'), '')
  const chunk = chunks.find(({ names }) => names.includes(`${nameOf(key)}.used`))
  const loaded = files(chunk.modules)
  const has = other => loaded.some(file => file.endsWith(exports[other].import.default.slice(1)))
  assert.ok(has(key), `${key} is not in its own bundle: ${loaded}`)
  assert.deepEqual(
    keys.filter(other => other !== key && has(other)),
    [],
  )
}
console.log(`webpack: ${keys.length} entry points shaken`)
