import { defineConfig, type Options } from 'tsup'
import { entryPoints } from './scripts/entry-points.ts'
import { internalNames } from './scripts/internal-names.ts'

/**
 * Two builds of the same sources. `dist` is what shoppers download. `dist/development` explains misuse on the console;
 * bundlers choose it while developing, by the `development` condition of package.json. Neither reads `process`.
 */
const build = (mode: 'production' | 'development', name: string): Options => ({
  // Each by itself: what two of them had in common would be a file more to load.
  entry: { [name]: `src/${name}.ts` },
  outDir: mode === 'production' ? 'dist' : 'dist/development',
  format: ['esm', 'cjs'],
  target: 'es2020',
  platform: 'neutral',
  define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
  // Terser: what esbuild makes of the same code is 6 % larger after compression.
  minify: mode === 'production' && 'terser',
  terserOptions: {
    ecma: 2020,
    // Unsafe only where somebody calls a method with `new`, or makes a text of a symbol.
    compress: { passes: 3, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
    mangle: { properties: { regex: internalNames } },
  },
  esbuildOptions: options => {
    options.minifySyntax = mode === 'production'
    // Their names differ: eight letters of chance are eight bytes each.
    options.chunkNames = 'chunks/[name]'
  },
  // `splitting` is left at its default: ESM loads in files of their own what not every page needs, CJS contains it.
  // Whoever debugs does so in the development build; the other one is not to be read.
  sourcemap: mode === 'development',
})

/** In one go: each by itself would have a `Bridge` of its own, to which that of another is not assignable. */
const declarations: Options = {
  entry: Object.fromEntries(entryPoints.map(({ name }) => [name, `src/${name}.ts`])),
  format: ['esm', 'cjs'],
  dts: { only: true },
}

export default defineConfig([
  declarations,
  ...entryPoints.flatMap(({ name }) => [build('production', name), build('development', name)]),
])
