import { cpSync } from 'node:fs'
import { build } from 'esbuild'

const options = { bundle: true, minify: true, outdir: 'dist', target: 'es2020' }
await build({ ...options, entryPoints: ['main.js', 'bare.js'], format: 'esm', splitting: true })
// For pages that take one classic script: what is loaded on demand is in it, too.
await build({ ...options, entryPoints: { 'one-file': 'main.js' }, format: 'iife' })
for (const page of ['index.html', 'one-file.html', 'bare.html']) cpSync(page, `dist/${page}`)
