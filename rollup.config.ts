import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import terser from '@rollup/plugin-terser'
import { defineConfig, type Plugin } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'

const bridge = fileURLToPath(new URL('packages/bridge', import.meta.url))

/** Prints what a page that pins the file needs to know. Read back from disk: the hash is of the bytes served. */
const printFacts: Plugin = {
  name: 'print-facts',
  writeBundle: ({ file = '' }) => {
    const bytes = readFileSync(file)
    console.log(`${file.slice(bridge.length + 1)}`)
    console.log(`integrity  sha384-${createHash('sha384').update(bytes).digest('base64')}`)
    console.log(`size       ${brotliCompressSync(bytes).length} B brotli, ${gzipSync(bytes).length} B gzip`)
  },
}

/** One file: a page has no bundler to choose between production and development. `part` is what it has beside the core. */
const build = (mode: 'production' | 'development', part?: 'checkout') => ({
  input: `${bridge}/src/${part ? `${part}/` : ''}script-tag.ts`,
  output: {
    file: `${bridge}/dist/${mode === 'production' ? '' : 'development/'}retention-bridge${part ? `-${part}` : ''}.iife.js`,
    format: 'iife' as const,
    inlineDynamicImports: true,
    name: 'RetentionBridge',
    sourcemap: true,
  },
  plugins: [
    esbuild({
      target: 'es2020',
      minifySyntax: mode === 'production',
      define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    }),
    mode === 'production' &&
      terser({
        ecma: 2020,
        compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
      }),
    printFacts,
  ],
  // A circular or unresolved import is a defect of the one file that must run anywhere.
  onwarn: (warning: { message: string }) => {
    throw new Error(warning.message)
  },
})

export default defineConfig([
  build('production'),
  build('development'),
  build('production', 'checkout'),
  build('development', 'checkout'),
])
