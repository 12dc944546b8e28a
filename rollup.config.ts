import { fileURLToPath } from 'node:url'
import terser from '@rollup/plugin-terser'
import { defineConfig, type Plugin } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { internalNames } from './packages/bridge/scripts/internal-names.ts'
import { minifyAfterTerser } from './packages/bridge/scripts/minify-after-terser.ts'

const bridge = fileURLToPath(new URL('packages/bridge', import.meta.url))

/** As the ESM build: swc finds what terser leaves. */
const minifyAgain: Plugin = {
  name: 'minify-again',
  renderChunk: async (code, _, { format }) => ({
    code: await minifyAfterTerser(code, format === 'es'),
    map: null,
  }),
}

/** The name of a file that is loaded when it is needed, by the path of its source. */
const fileName = (source: string): string => {
  const [, folder, name] = /([^/]*)\/([^/]+)\.ts$/.exec(source) ?? []
  return `${name === 'index' ? folder : name}.js`
}

/** What is imported when it is needed stays in files of its own, at `address`, an expression. */
const onDemand = (address: string): Plugin => ({
  name: 'on-demand',
  resolveDynamicImport: source => ({ id: fileName(String(source)), external: true }),
  renderDynamicImport: () => ({ left: `import(${address}+`, right: ')' }),
})

type Mode = 'production' | 'development'
const folder = (mode: Mode) => `${bridge}/dist/${mode === 'production' ? '' : 'development/'}`

const plugins = (mode: Mode, address: string, module: boolean) => [
  onDemand(address),
  esbuild({
    target: 'es2020',
    minifySyntax: mode === 'production',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
  }),
  mode === 'production' &&
    terser({
      ecma: 2020,
      module,
      compress: { passes: 3, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
      mangle: { properties: { regex: internalNames } },
    }),
  mode === 'production' && minifyAgain,
]

// A circular or unresolved import is a defect of files that must run anywhere.
const onwarn = (warning: { message: string }) => {
  throw new Error(warning.message)
}

/**
 * A script tag: a page has no bundler to choose between production and development. Its files are beside it in `chunks`,
 * wherever the page has it from; what `import()` takes for its own address is nothing on another origin.
 */
const script = (mode: Mode, part: 'core' | 'full') => ({
  input: `${bridge}/src/script-tag/${part}.ts`,
  output: {
    file: `${folder(mode)}retention-bridge${part === 'core' ? '' : `-${part}`}.iife.js`,
    format: 'iife' as const,
    name: 'RetentionBridge',
    intro: "const at = new URL('chunks/', document.currentScript?.src || location)",
    sourcemap: mode === 'development',
  },
  plugins: plugins(mode, 'at', false),
  onwarn,
})

/** A file that only script tags load; in ESM it is an entry point of its own, or part of one. */
const chunk = (mode: Mode, source: string) => ({
  input: `${bridge}/src/${source}`,
  output: {
    file: `${folder(mode)}chunks/${fileName(source)}`,
    format: 'es' as const,
    sourcemap: mode === 'development',
  },
  plugins: plugins(mode, "'./'", true),
  onwarn,
})

const CHUNKS = [
  'script-tag/named-consent.ts',
  'script-tag/watch-friction.ts',
  'sources/index.ts',
  'inbox/index.ts',
  'in-app/index.ts',
  'traits/index.ts',
  'replay/index.ts',
  'doctor/index.ts',
]

export default defineConfig(
  (['production', 'development'] as const).flatMap(mode => [
    script(mode, 'core'),
    script(mode, 'full'),
    ...CHUNKS.map(source => chunk(mode, source)),
  ]),
)
