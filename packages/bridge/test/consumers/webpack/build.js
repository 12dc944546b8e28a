import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import webpack from 'webpack'

const at = path => fileURLToPath(new URL(path, import.meta.url))

const stats = await promisify(webpack)({
  mode: 'production',
  context: at('.'),
  entry: { main: './main.js', bare: './bare.js' },
  output: { path: at('dist') },
})
console.log(stats.toString('errors-warnings'))
if (stats.hasErrors() || stats.hasWarnings()) process.exitCode = 1
for (const page of ['index.html', 'bare.html']) cpSync(at(page), at(`dist/${page}`))
