import { expect, it } from 'vitest'
import { flatAssets } from '../scripts/flat-assets.ts'
import { EXAMPLE, EXTENSION, read } from './shopify-liquid.ts'

const flatten = (files: Record<string, string>) =>
  Object.fromEntries(
    flatAssets('retention-bridge.iife.js', path => {
      const text = files[path]
      if (text === undefined) throw new Error(path)
      return text
    }),
  )

it('makes one folder of a script and what it imports, also when they import each other', () => {
  const files = {
    'retention-bridge.iife.js': 'load(()=>import("./chunks/gist.js"));import( "./chunks/v1.js")',
    'chunks/gist.js': "import{a}from'./v1.js';import'../side.js';",
    'chunks/v1.js': 'import"./gist.js";const text="./gist.js"',
    'side.js': 'import("https://cdn.example/other.js")',
  }
  expect(flatten(files)).toEqual({
    'retention-bridge.iife.js':
      'load(()=>import("./retention-bridge-gist.js"));import( "./retention-bridge-v1.js")',
    'retention-bridge-gist.js': "import{a}from'./retention-bridge-v1.js';import'./retention-bridge-side.js';",
    'retention-bridge-v1.js': 'import"./retention-bridge-gist.js";const text="./gist.js"',
    'retention-bridge-side.js': 'import("https://cdn.example/other.js")',
  })
})

it('finds what a script tag loads by an address that it makes', () => {
  const files = {
    'retention-bridge.iife.js': 'let t=new URL("chunks/",at);import(t+"gist.js"),import(t+ "v1.js")',
    'chunks/gist.js': 'import("./v1.js")',
    'chunks/v1.js': '',
  }
  expect(flatten(files)).toEqual({
    'retention-bridge.iife.js':
      'let t=new URL("retention-bridge-",at);import(t+"gist.js"),import(t+ "v1.js")',
    'retention-bridge-gist.js': 'import("./retention-bridge-v1.js")',
    'retention-bridge-v1.js': '',
  })
})

it('refuses what is missing, and two files of one name', () => {
  expect(() => flatten({ 'retention-bridge.iife.js': 'import("./chunks/a.js")' })).toThrow('chunks/a.js')
  const two = 'import("./a/x.js");import("./b/x.js")'
  expect(() => flatten({ 'retention-bridge.iife.js': two, 'a/x.js': '', 'b/x.js': '' })).toThrow('both')
})

it('has put the script into the app embed and the example', () => {
  const script = 'retention-bridge.iife.js'
  const built = flatAssets(script, path => read(`${EXTENSION}/../../../bridge/dist/${path}`))
  for (const [name, text] of built)
    for (const root of [EXTENSION, EXAMPLE])
      expect(read(`${root}/assets/${name}`), 'run npm run build').toBe(text)
  expect(built.has(script)).toBe(true)
})
