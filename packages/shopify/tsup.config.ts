import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: { index: 'src/index.ts', pixel: 'pixel/index.ts' },
    format: ['esm', 'cjs'],
    target: 'es2020',
    platform: 'neutral',
    minify: true,
    splitting: false,
    dts: true,
  },
  {
    entry: { 'tell-checkout': 'src/tell-checkout/script-tag.ts' },
    format: 'iife',
    target: 'es2020',
    platform: 'browser',
    minify: true,
    outExtension: () => ({ js: '.js' }),
  },
  {
    entry: { 'custom-pixel': 'pixel/custom-pixel.ts' },
    format: 'iife',
    target: 'es2020',
    platform: 'neutral',
    minify: true,
    // One file to paste, with what a merchant fills in at its top.
    banner: {
      js: readFileSync(new URL('pixel/custom-pixel-settings.txt', import.meta.url), 'utf8').trimEnd(),
    },
    outExtension: () => ({ js: '.js' }),
  },
])
